// The whole product, database and all, ended in the middle of an import as by a power cut: it goes on where it stopped.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import * as database from '#lib/server/db/database.ts';
import * as embedded from '#lib/server/embedded/index.ts';
import { ask, cookieIn, setUp } from './support/asking.ts';
import { progressOf, uploadCsv, type Progress } from './support/importing.ts';
import { startProduct, type Product } from './support/product.ts';

const rowCount = 20_000;
const people = () =>
	[
		'email,name,plan',
		...Array.from({ length: rowCount }, (_, at) => `p${at % 19_000}@customers.lk,Person ${at},pro`),
	].join('\n');

let dataDir: string;
let product: Product;
test.beforeAll(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'heed-killed-'));
	product = await startProduct({ DATA_DIR: dataDir });
});
test.afterAll(async () => {
	await product?.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

const restart = async () => {
	await product.kill();
	product = await startProduct({ DATA_DIR: dataDir });
};

/** Looks into the running product's database. */
const inDatabase = async <Result>(look: (db: database.Database) => Promise<Result>): Promise<Result> => {
	const db = await database.open((await embedded.runningUri(dataDir))!, { kind: 'embedded' });
	try {
		return await look(db);
	} finally {
		await database.close(db);
	}
};

test('an import that was cut off is finished after the next start, and undone after another', async () => {
	test.setTimeout(400_000);
	const cookie = cookieIn(await setUp(product));
	const post = async (path: string, fields: Record<string, string> = {}) =>
		expect((await ask(product, path, { fields, headers: { cookie } })).status).toBe(303);
	const upload = { slug: 'corner-shop', cookie, kind: 'people', text: people() } as const;
	const page = await uploadCsv(product, upload);
	const state = () => progressOf(product, page, cookie);
	await post(`${page}?/start`, { 'columns.0': 'email', 'columns.1': 'name', 'columns.2': 'property' });

	const until = (what: string, isSo: (now: Progress) => boolean) =>
		expect.poll(async () => isSo(await state()), { message: what, timeout: 120_000, intervals: [20] }).toBe(true);

	await until('it is under way', ({ nextRow }) => nextRow >= 1_000);
	await restart();
	expect(await state(), 'it was cut off').toMatchObject({ status: 'running' });
	expect((await state()).nextRow, 'what was read is read').toBeGreaterThanOrEqual(1_000);
	await until('it is done', ({ status }) => status === 'done');
	const brought = await inDatabase(async ({ models }) => {
		const rows = await models.contacts.find({}).select('address').lean();
		const [given] = await models.imports.find({}).lean();
		return { rows: rows.length, addresses: new Set(rows.map(({ address }) => address)).size, counts: given!.counts };
	});
	expect(brought).toEqual({
		rows: 19_000,
		addresses: 19_000,
		counts: { added: 19_000, updated: 0, unchanged: 0, refused: 1_000, noted: 0 },
	});

	await post(`${page}?/undo`);
	await until('it is being taken back', ({ done }) => done > 1_000 && done < 18_000);
	await restart();
	expect((await state()).status, 'it was cut off').toBe('undoing');
	await until('it is undone', ({ status }) => status === 'undone');
	expect(await inDatabase(({ models }) => models.contacts.countDocuments({}))).toBe(0);
	expect(await inDatabase(({ models }) => models.importRefusals.countDocuments({}))).toBe(0);
});
