import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultTouchpoints, touchpointSchema } from '#lib/domain/workspace/touchpoints.ts';
import { readConfig } from '#lib/server/config.ts';
import { migrations, withDatabase, type Migration } from '#lib/server/db/migrations.ts';
import { survey2 } from '#lib/server/db/upgrades.ts';
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

it('gives the surveys, versions and workspaces of an older version what they have had since, and keeps what they have', async () => {
	const until = (id: number) => migrations.filter((migration) => migration.id <= id);
	const before = await openDatabase(config(), silent, until(1));
	await withDatabase(before.uri, async (db) => {
		await db.collection('workspaces').insertOne({ name: 'Corner Shop', slug: 'corner-shop' });
		await db.collection('surveys').insertMany([
			{ name: 'Old', status: 'live', editWindowHours: 24, draft: { scale: {} } },
			{ name: 'Done before the crash', ...survey2, quota: 5, draft: { scale: {} } },
		]);
		await db.collection('surveyVersions').insertOne({ version: 1, definition: { scale: {} } });
	});
	await before.stop();
	const after = await openDatabase(config(), silent, until(2));
	try {
		await withDatabase(after.uri, async (db) => {
			const surveys = await db.collection('surveys').find().sort({ _id: 1 }).toArray();
			expect(surveys[0]).toMatchObject({ name: 'Old', editWindowHours: 24, ...survey2 });
			expect(surveys[1]).toMatchObject({ ...survey2, quota: 5 });
			expect(await db.collection('surveyVersions').findOne()).toMatchObject({ version: 1, publishedBy: null });
			const workspace = await db.collection('workspaces').findOne();
			expect(z.array(touchpointSchema).parse(workspace?.touchpoints)).toEqual(defaultTouchpoints);
		});
	} finally {
		await after.stop();
	}
});
