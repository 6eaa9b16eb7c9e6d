import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { start, type Started } from '#lib/server/embedded/index.ts';
import { createOwner, heedIn } from '#test/support/commands.ts';

// A command starts two Nodes, and one case runs five: slow on a busy machine, and no promise about speed.
vi.setConfig({ testTimeout: 180_000 });

let dataDir: string;
let server: Started | null = null;

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'heed-cli-'));
});
afterEach(async () => {
	await server?.stop();
	server = null;
	rmSync(dataDir, { recursive: true, force: true });
});

const heed = heedIn(() => dataDir);

const owner = createOwner('UTC');

describe.each([
	['opening the file itself', false],
	['through the running server', true],
])('%s', (_, isRunning) => {
	beforeEach(async () => {
		if (isRunning) server = await start({ dataDir });
	});

	it('makes an owner, fills in the sample year, resets a password and backs up', async () => {
		expect(await heed(owner, 'a long enough passphrase\n')).toMatchObject({
			code: 0,
			output: expect.stringContaining('/w/corner-shop'),
		});
		expect(await heed(['seed'])).toMatchObject({ code: 0, output: expect.stringContaining('added to Corner Shop') });
		const reset = await heed(['reset-password', 'mia@shop.lk']);
		expect(reset.output).toMatch(/http:\/\/localhost:3000\/reset\/\S+/);
		const file = join(dataDir, 'copy.db');
		expect(await heed(['backup', file])).toMatchObject({ code: 0 });
		expect(existsSync(file)).toBe(true);
	});
});

it('puts a backup back', async () => {
	await heed(owner, 'a long enough passphrase\n');
	const file = join(dataDir, 'copy.db');
	await heed(['backup', file]);
	await heed(['seed']);
	expect(await heed(['restore', file])).toMatchObject({ code: 0 });
	expect((await heed(['seed', '--remove', '--workspace', 'corner-shop'])).output).toContain('removed from Corner Shop');
});

it('refuses to restore under a running server, and says what to do', async () => {
	server = await start({ dataDir });
	const file = join(dataDir, 'copy.db');
	await heed(['backup', file]);
	const { code, output } = await heed(['restore', file]);
	expect(code).toBe(1);
	expect(output).toContain('in use by another running process');
});

it.each([
	[['sed'], 'There is no command "sed"'],
	[['reset-password'], 'Whose password?'],
	[['reset-password', 'nobody@shop.lk'], 'nobody@shop.lk'],
	[['seed'], 'There is no workspace yet'],
	[['restore', '/nowhere.db'], 'there is no file /nowhere.db'],
	[['create-owner', '--email', 'mia@shop.lk'], '--name is missing'],
	[['work'], 'With the embedded database the web server does this work itself'],
])('answers %j with what to do', async (words, sentence) => {
	const { code, output } = await heed(words);
	expect(code).toBe(1);
	expect(output).toContain(sentence);
	expect(output).not.toContain('    at ');
});

it('refuses a weak password for a new owner', async () => {
	const { code, output } = await heed(owner, 'short\n');
	expect(code).toBe(1);
	expect(output).toContain('12');
});
