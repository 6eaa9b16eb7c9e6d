// Who gets at a data directory: one owner, through a socket only its user can open; others are told what to do.
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backup, DataDirInUse, NewerFile, restore, runningUri, start } from '#lib/server/embedded/index.ts';
import { checkWhole } from './check.ts';
import { serveElsewhere } from './child.ts';

let dataDir: string;
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'heed-access-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const socketPath = (uri: string) => decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(uri)![1]!);

async function names(uri: string): Promise<string[]> {
	const client = new MongoClient(uri);
	const found = await client.db().collection('contacts').find().sort({ name: 1 }).toArray();
	await client.close();
	return found.map((doc) => String(doc['name']));
}

const many = Array.from({ length: 500 }, (_, at) => `Person ${1_000 + at} ${'of many'.repeat(20)}`);

/** Overwrites what lies in the middle of a file. */
function spoil(file: string): void {
	const bytes = readFileSync(file);
	writeFileSync(file, bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 20_000));
}

async function add(uri: string, ...people: string[]): Promise<void> {
	const client = new MongoClient(uri);
	await client.db().collection('contacts').createIndex({ name: 1 }, { unique: true });
	await client
		.db()
		.collection('contacts')
		.insertMany(people.map((name) => ({ name })));
	await client.close();
}

describe('a data directory', () => {
	it('has one owner: a second is refused, in this process and in another, with what to do', async () => {
		const first = await start({ dataDir });
		await expect(start({ dataDir })).rejects.toThrow(DataDirInUse);
		await expect(serveElsewhere(dataDir)).rejects.toThrow(
			/in use by another running process. Stop that process, or set DATA_DIR/,
		);
		await first.stop();
		const second = await start({ dataDir });
		await second.stop();
	});

	it('lets commands join its owner, and has none when nothing runs', async () => {
		expect(await runningUri(dataDir)).toBeNull();
		expect(await runningUri(join(dataDir, 'nowhere'))).toBeNull();
		const child = await serveElsewhere(dataDir);
		expect(await runningUri(dataDir)).toBe(child.uri);
		await add(child.uri, 'Ada');
		await child.kill('SIGTERM');
		expect(await runningUri(dataDir)).toBeNull();
		expect(existsSync(socketPath(child.uri))).toBe(false);
	});

	it('can be taken over after a crash, whose socket and lock are left behind', async () => {
		const crashed = await serveElsewhere(dataDir);
		await add(crashed.uri, 'Ada');
		await crashed.kill('SIGKILL');
		expect(existsSync(socketPath(crashed.uri))).toBe(true);
		expect(await runningUri(dataDir)).toBeNull();
		const next = await start({ dataDir });
		expect(await names(next.uri)).toEqual(['Ada']);
		await next.stop();
	});

	it('keeps its socket where only its user can reach it', async () => {
		mkdirSync(join(dataDir, 'socket'));
		chmodSync(join(dataDir, 'socket'), 0o777);
		const database = await start({ dataDir });
		expect(statSync(dirname(socketPath(database.uri))).mode & 0o777).toBe(0o700);
		await add(database.uri, 'Ada');
		for (const file of ['address', 'heed.db', 'heed.db-wal']) {
			expect(statSync(join(dataDir, file)).mode & 0o777, file).toBe(0o600);
		}
		await database.stop();
	});

	it('puts the socket elsewhere when its own path is too long, and cleans that up', async () => {
		const long = join(dataDir, 'x'.repeat(120));
		const database = await start({ dataDir: long });
		const path = socketPath(database.uri);
		expect(path.startsWith(long)).toBe(false);
		expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
		await add(database.uri, 'Ada');
		expect(await runningUri(long)).toBe(database.uri);
		await database.stop();
		expect(existsSync(dirname(path))).toBe(false);
	});

	it('refuses a file of a later version, and a file that is not ours, and leaves both alone', async () => {
		await (await start({ dataDir })).stop();
		const file = join(dataDir, 'heed.db');
		const change = (sql: string) => {
			const database = new DatabaseSync(file);
			database.exec(sql);
			database.close();
		};
		change('PRAGMA user_version = 99');
		await expect(start({ dataDir })).rejects.toThrow(NewerFile);
		await expect(start({ dataDir })).rejects.toThrow(/written by a newer version of Heed/);
		change('PRAGMA application_id = 1');
		await expect(start({ dataDir })).rejects.toThrow(/is not a Heed database/);
	});

	it('ends a connection that does not speak the protocol, and no other', async () => {
		const database = await start({ dataDir });
		const client = new MongoClient(database.uri);
		await client.db().command({ ping: 1 });
		for (const bytes of [
			'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
			'\x10\0\0\0aaaabbbb\xdd\x07\0\0',
			'\xff\xff\xff\x7f'.repeat(8),
		]) {
			const socket = connect(socketPath(database.uri));
			socket.on('error', () => {}).resume();
			socket.write(Buffer.from(bytes, 'latin1'));
			await new Promise((resolve) => socket.once('close', resolve));
		}
		expect(await client.db().command({ ping: 1 })).toEqual({ ok: 1 });
		await client.close();
		await database.stop();
	});
});

describe('a backup', () => {
	it('is whole while writes go on, and is put back with the old file kept beside it', async () => {
		const database = await start({ dataDir });
		await add(database.uri, 'Ada', 'Ben');
		const client = new MongoClient(database.uri);
		let isDone = false;
		const writing = (async () => {
			for (let at = 0; !isDone; at++) await client.db().collection('noise').insertOne({ at });
		})();
		const file = join(dataDir, 'backups', 'one.db');
		await backup({ uri: database.uri, file });
		isDone = true;
		await writing;
		expect(checkWhole(file)).toBeGreaterThanOrEqual(2);
		await expect(backup({ uri: database.uri, file })).rejects.toThrow(/exists already/);
		await add(database.uri, 'Cy');
		await expect(restore({ dataDir, file })).rejects.toThrow(DataDirInUse);
		await client.close();
		await database.stop();

		await restore({ dataDir, file });
		const restored = await start({ dataDir });
		expect(await names(restored.uri)).toEqual(['Ada', 'Ben']);
		await restored.stop();
		expect(checkWhole(join(dataDir, 'heed.db.replaced'))).toBeGreaterThanOrEqual(3);
		expect(readdirSync(dataDir).filter((name) => name.endsWith('.restoring'))).toEqual([]);
	});

	it('that is damaged, missing or something else is refused, and the database stays', async () => {
		const database = await start({ dataDir });
		await add(database.uri, ...many);
		const file = join(dataDir, 'one.db');
		await backup({ uri: database.uri, file });
		await database.stop();
		const short = join(dataDir, 'short.db');
		writeFileSync(short, readFileSync(file).subarray(0, 20_000));
		await expect(restore({ dataDir, file: short })).rejects.toThrow(/short.db (is damaged|cannot be read)/);
		spoil(file);
		await expect(restore({ dataDir, file })).rejects.toThrow(/one.db (is damaged|cannot be read)/);
		const other = join(dataDir, 'other.db');
		new DatabaseSync(other).exec('CREATE TABLE a (b)');
		await expect(restore({ dataDir, file: other })).rejects.toThrow(/not a Heed database/);
		await expect(restore({ dataDir, file: join(dataDir, 'missing.db') })).rejects.toThrow(/does not exist/);
		expect(existsSync(join(dataDir, 'heed.db.replaced'))).toBe(false);
		const again = await start({ dataDir });
		expect(await names(again.uri)).toEqual(many);
		await again.stop();
	});

	it('takes the place of a damaged database, which itself can be no backup', async () => {
		const database = await start({ dataDir });
		await add(database.uri, ...many);
		const file = join(dataDir, 'one.db');
		await backup({ uri: database.uri, file });
		await database.stop();
		const current = join(dataDir, 'heed.db');
		spoil(current);
		const damaged = await start({ dataDir });
		await expect(backup({ uri: damaged.uri, file: join(dataDir, 'two.db') })).rejects.toThrow(/malformed|damaged/);
		expect(readdirSync(dataDir).filter((name) => name.startsWith('two'))).toEqual([]);
		await damaged.stop();
		writeFileSync(current, 'nothing of a database');
		await expect(start({ dataDir })).rejects.toThrow(/If its file is damaged, put a backup in its place/);
		await restore({ dataDir, file });
		const restored = await start({ dataDir });
		expect(await names(restored.uri)).toEqual(many);
		await restored.stop();
		expect(readFileSync(`${current}.replaced`, 'utf8')).toBe('nothing of a database');
	});
});
