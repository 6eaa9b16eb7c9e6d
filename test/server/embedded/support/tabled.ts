// What the README's tables list, for tests that prove it.
import { readFileSync } from 'node:fs';

/** The names in the table below a heading of the room's README. */
export function tabled(heading: string): Set<string> {
	const readme = readFileSync('src/lib/server/embedded/README.md', 'utf8');
	const section = readme.split(`### ${heading}\n`)[1]?.split('\n### ')[0] ?? '';
	const rows = section.split('\n').filter((line) => line.startsWith('| '));
	return new Set(rows.flatMap((row) => [...row.matchAll(/`(\$[^`]+)`/g)].map((match) => match[1] as string)));
}
