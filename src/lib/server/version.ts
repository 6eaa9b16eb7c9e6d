// The version of the running product.
import { readFileSync } from 'node:fs';

/** From package.json, which ships beside the build; the working directory is always the project's root. */
export const readVersion = (): string =>
	(JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
