// Builds the product once before the browser tests, as a start would.
import { ensureBuilt } from '../../src/build.ts';

export default async () => {
	await ensureBuilt((line) => console.log(line));
};
