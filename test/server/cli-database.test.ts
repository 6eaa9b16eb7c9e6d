// Backup, restore and copy as a person runs them: with the server running and without, killed half-way, called wrongly.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Double, Int32, Long, MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { start, type Started } from '#lib/server/embedded/index.ts';
import { checkWhole } from './embedded/check.ts';
import { type Child, serveElsewhere } from './embedded/child.ts';

vi.setConfig({ testTimeout: 180_000 });

let folder: string;
let dataDir: string;
let running: Started | null = null;
let elsewhere: Child | null = null;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'heed-cli-'));
	dataDir = join(folder, 'data');
});
afterEach(async () => {
	await running?.stop();
	await elsewhere?.kill('SIGTERM');
	running = elsewhere = null;
	rmSync(folder, { recursive: true, force: true });
});

const call = (words: string[], env: NodeJS.ProcessEnv = {}) => {
	const child = spawn(process.execPath, ['--import', './src/require-node.js', 'src/cli.ts', ...words], {
		env: { ...process.env, DATA_DIR: dataDir, MONGODB_URI: '', SMTP_URL: '', ...env },
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
	return {
		child,
		said: () => output,
		ended: once(child, 'close').then(([code]) => ({ code: code as number | null, output })),
	};
};
const heed = (words: string[], env?: NodeJS.ProcessEnv) => call(words, env).ended;

const withClient = async <Result>(uri: string, use: (client: MongoClient) => Promise<Result>): Promise<Result> => {
	const client = await MongoClient.connect(uri);
	try {
		return await use(client);
	} finally {
		await client.close();
	}
};

/** Some documents of every number's type, with an index, in the database of `uri`. */
const fill = (uri: string, count: number) =>
	withClient(uri, async (client) => {
		const contacts = client.db().collection('people');
		await contacts.createIndex({ mail: 1 }, { unique: true });
		const numbers = [new Int32(1), new Double(1), Long.ONE];
		const docs = Array.from({ length: count }, (_, at) => ({ mail: `${at}@shop.lk`, number: numbers[at % 3] }));
		await contacts.insertMany(docs);
		await client
			.db()
			.collection('notes')
			.insertOne({ text: 'x'.repeat(10_000) });
	});
const countIn = (uri: string) => withClient(uri, (client) => client.db().collection('people').countDocuments());
const ofNumberType = (uri: string, type: string) =>
	withClient(uri, (client) =>
		client
			.db()
			.collection('people')
			.countDocuments({ number: { $type: type } }),
	);

/** A database with so many people in DATA_DIR, left running or not. */
const prepare = async (count: number, isRunning: boolean) => {
	running = await start({ dataDir });
	await fill(running.uri, count);
	if (isRunning) return;
	await running.stop();
	running = null;
};
const openAgain = async () => (running ??= await start({ dataDir })).uri;

describe.each([
	['with the server running', true],
	['without it', false],
])('%s', (_, isRunning) => {
	it('backup writes a whole copy, and restore puts it back', async () => {
		await prepare(300, isRunning);
		const file = join(folder, 'copies', 'one.db');
		expect(await heed(['backup', file])).toMatchObject({ code: 0, output: expect.stringContaining(file) });
		expect(checkWhole(file)).toBeGreaterThanOrEqual(301);
		const again = await heed(['backup', file]);
		expect(again).toMatchObject({ code: 1, output: expect.stringContaining('exists already') });
		expect(again.output).not.toContain('    at ');

		await withClient(await openAgain(), (client) => client.db().collection('people').deleteMany({}));
		const refused = await heed(['restore', file]);
		expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('in use by another running process') });
		await running!.stop();
		running = null;
		expect(await heed(['restore', file])).toMatchObject({ code: 0 });
		expect(await countIn(await openAgain())).toBe(300);
	});

	it('copy-database --to copies everything, goes on after being killed, and counts', async () => {
		await prepare(12_000, isRunning);
		elsewhere = await serveElsewhere(join(folder, 'elsewhere'));
		const to = elsewhere.uri.replace(/\/heed$/, '/moved');
		const killed = call(['copy-database', '--to', to]);
		while (!killed.said().includes('people: ')) await new Promise((resolve) => setTimeout(resolve, 2));
		killed.child.kill('SIGKILL');
		await killed.ended;
		const half = await countIn(to);
		expect(half).toBeGreaterThan(0);
		expect(half).toBeLessThan(12_000);

		const { code, output } = await heed(['copy-database', '--to', to]);
		expect(output).toContain('people: 12000 of 12000');
		expect(output).toMatch(/Copied 1200\d documents in [23] collections, and counted them on both sides/);
		expect(code).toBe(0);
		expect(await countIn(to)).toBe(12_000);
		for (const type of ['int', 'double', 'long']) expect(await ofNumberType(to, type), type).toBe(4_000);
		const indexes = await withClient(to, (client) => client.db().collection('people').indexes());
		expect(indexes).toContainEqual(expect.objectContaining({ key: { mail: 1 }, unique: true }));
		expect(await heed(['copy-database', '--to', to])).toMatchObject({
			code: 1,
			output: expect.stringContaining('is not empty: it has notes, people'),
		});
	});
});

it('copy-database --from fills a new folder from another database', async () => {
	elsewhere = await serveElsewhere(join(folder, 'elsewhere'));
	await fill(elsewhere.uri, 1_200);
	expect(await heed(['copy-database', '--from', elsewhere.uri])).toMatchObject({
		code: 0,
		output: expect.stringContaining('Copied 1201 documents in 2 collections'),
	});
	expect(await countIn(await openAgain())).toBe(1_200);
});

it.each([
	['backup', [], 'Name the one file'],
	['backup', ['a', 'b'], 'Name the one file'],
	['restore', [], 'Name the backup to restore'],
	['restore', ['TEXT'], 'is not a Heed database'],
	['restore', ['FOLDER'], 'cannot be read as a database'],
	['copy-database', [], 'either with --to or with --from'],
	['copy-database', ['--to'], 'either with --to or with --from'],
	['copy-database', ['--to', 'mongodb://a/b', '--from', 'mongodb://a/c'], 'either with --to or with --from'],
	['copy-database', ['--to', 'somewhere'], '"somewhere" is no address of a database'],
	['copy-database', ['--too', 'mongodb://a/b'], 'There is no option --too'],
])('%s %j is answered with what to do', async (name, words, sentence) => {
	const text = join(folder, 'text.db');
	writeFileSync(text, 'This is a letter and no database, long enough to be one by its size alone. '.repeat(20));
	const given = words.map((word) => (word === 'TEXT' ? text : word === 'FOLDER' ? folder : word));
	const { code, output } = await heed([name, ...given]);
	expect(output).toContain(sentence);
	expect(output).not.toContain('    at ');
	expect(code).toBe(1);
});

it('copy-database names the address where nothing answers', async () => {
	const { code, output } = await heed(['copy-database', '--to', 'mongodb://127.0.0.1:1/heed']);
	expect(output).toContain('No database answers at 127.0.0.1:1');
	expect(code).toBe(1);
});

it.each(['backup', 'restore'])('%s says where it belongs when MONGODB_URI is set', async (name) => {
	const env = { MONGODB_URI: 'mongodb://127.0.0.1:1/heed', SECRET: 'a secret of more than thirty-two letters' };
	const { code, output } = await heed([name, join(folder, 'one.db')], env);
	expect(output).toContain('MONGODB_URI is set');
	expect(code).toBe(1);
});
