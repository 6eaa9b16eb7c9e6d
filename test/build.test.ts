// What is done around a build: none where the sources are the same, and nothing left lying about of one that was killed.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { BuildFailed, ensureBuilt, fingerprint } from '../src/build.ts';
import { sentenceFor } from '../src/sentences.ts';

const parent = mkdtempSync(join(tmpdir(), 'heed-build-'));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

it('removes what a killed build left, and nothing of a build that runs', async () => {
	const folder = join(parent, 'build');
	const running = `build.new-${process.ppid}`;
	// No process has this number: it is beyond what systems give.
	for (const name of [
		'build',
		'build.new-99999999',
		'build.old-99999999',
		`build.new-${process.pid}`,
		running,
		'build.new-mine',
	])
		mkdirSync(join(parent, name));
	writeFileSync(join(folder, 'made-from.txt'), await fingerprint());
	expect(await ensureBuilt(() => {}, folder)).toBe(false);
	expect(readdirSync(parent).sort()).toEqual(['build', 'build.new-mine', running].sort());
});

it('says in one sentence which folder cannot be written, before it builds in vain', async () => {
	const said: string[] = [];
	const problem = await ensureBuilt((line) => said.push(line), join(parent, 'nowhere', 'build')).catch((why) => why);
	expect(problem).toBeInstanceOf(BuildFailed);
	expect(said).toEqual([]);
	expect(sentenceFor(problem)).toBe(
		`Heed must be built, and ${join(parent, 'nowhere')} cannot be written. ` +
			'Give this user the right to, or run "npm run build" as a user who may',
	);
});
