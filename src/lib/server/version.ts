// The version of the running product.
import { readFileSync } from 'node:fs';

let known: string | undefined;

/** From package.json, which ships beside the build; the working directory is always the project's root. Read once. */
export const readVersion = (): string =>
	(known ??= (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
