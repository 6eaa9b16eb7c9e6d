import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { withDatabase, type Migration } from '#lib/server/db/migrations.ts';
import { openDatabase } from '../../src/open-database.ts';

let dataDir: string;
const config = () => readConfig({ DATA_DIR: dataDir });
const silent = () => {};

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'heed-migrate-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const rename: Migration = {
	id: 1,
	title: 'give every workspace a motto',
	run: async (db) =>
		void (await db.collection('workspaces').updateMany({ motto: { $exists: false } }, { $set: { motto: 'new' } })),
};
const failing: Migration = {
	id: 2,
	title: 'fail half-way',
	run: async (db) => {
		await db.collection('workspaces').updateMany({}, { $set: { motto: 'half' } });
		throw new Error('no such luck');
	},
};

const write = async (known: readonly Migration[]) => {
	const opened = await openDatabase(config(), silent, known);
	await withDatabase(opened.uri, (db) => db.collection('workspaces').insertOne({ name: 'Corner Shop' }));
	await opened.stop();
};
const mottoWith = async (known: readonly Migration[]) => {
	const opened = await openDatabase(config(), silent, known);
	try {
		return await withDatabase(
			opened.uri,
			async (db) => (await db.collection('workspaces').findOne({ name: 'Corner Shop' }))?.motto,
		);
	} finally {
		await opened.stop();
	}
};

it('migrates the data of an older version after a backup, and only once', async () => {
	await write([]);
	expect(await mottoWith([rename])).toBe('new');
	expect(readdirSync(join(dataDir, 'backups'))).toHaveLength(1);
	await mottoWith([rename]);
	expect(readdirSync(join(dataDir, 'backups'))).toHaveLength(1);
});

it('migrates nothing in a new database', async () => {
	const opened = await openDatabase(config(), silent, [failing]);
	await opened.stop();
	expect(existsSync(join(dataDir, 'backups'))).toBe(false);
});

it('puts the data back when a migration fails, and says so', async () => {
	await write([]);
	await expect(openDatabase(config(), silent, [rename, failing])).rejects.toThrow(
		/the data is as it was before: no such luck/,
	);
	expect(await mottoWith([])).toBeUndefined();
});

it('puts the data back at the next start when the process was killed in the middle', async () => {
	await write([]);
	const child = fork(join(import.meta.dirname, '../support/killed-migration.ts'), [dataDir], { stdio: 'ignore' });
	await new Promise((done) => child.once('exit', done));
	expect(existsSync(join(dataDir, 'migrating'))).toBe(true);
	expect(await mottoWith([rename])).toBe('new');
	expect(existsSync(join(dataDir, 'migrating'))).toBe(false);
});

it('refuses data that a newer version wrote', async () => {
	await write([rename]);
	await expect(openDatabase(config(), silent, [])).rejects.toThrow('written by a newer version of Heed');
});
