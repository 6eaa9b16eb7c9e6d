import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { rowText } from '#lib/messages/rows.ts';
import * as suppressions from '#lib/server/db/suppressions.ts';
import * as imports from '#lib/server/services/imports.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { makeContact, makeTenant } from '../../support/factories.ts';
import { columns, importPeople, peopleIn, undo, upload } from './support.ts';

let ctx: TestContext;
let scope: Scope;
beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());
beforeEach(async () => {
	({ scope } = await makeTenant(ctx));
});

const counts = (given: Partial<Record<'added' | 'updated' | 'unchanged' | 'refused' | 'noted', number>>) => ({
	added: 0,
	updated: 0,
	unchanged: 0,
	refused: 0,
	noted: 0,
	...given,
});
const refusalsOf = async (importId: string, isTaken = false) =>
	(await imports.refusals(ctx, scope, importId, { after: 0, isTaken })).refusals.map(({ line, reason }) => [
		line,
		rowText(reason),
	]);

describe('an import of people', () => {
	const file = 'email,name,lang,plan\nana@shop.lk,Ana,si,pro\nben@shop.lk,"Ben\nB",xx,free\n';

	it('finds out what is in the file', async () => {
		const given = await upload(ctx, scope, 'people', file, 'C:\\people.csv');
		expect(given).toMatchObject({
			status: 'mapping',
			fileName: 'C:\\people.csv',
			byteCount: Buffer.byteLength(file),
			encoding: 'utf-8',
			delimiter: ',',
			header: ['email', 'name', 'lang', 'plan'],
			rowCount: 2,
			sampleRows: [
				['ana@shop.lk', 'Ana', 'si', 'pro'],
				['ben@shop.lk', 'Ben B', 'xx', 'free'],
			],
		});
	});

	it('adds people with language and properties, and says what it passed over', async () => {
		const given = await importPeople(ctx, scope, file, 'email', 'name', 'language', 'property');
		expect(given).toMatchObject({ status: 'done', nextRow: 2, counts: counts({ added: 2, noted: 1 }) });
		expect(await peopleIn(ctx, scope)).toMatchObject([
			{ address: 'ana@shop.lk', name: 'Ana', language: 'si', properties: { plan: 'pro' } },
			{ address: 'ben@shop.lk', name: 'Ben B', language: null, properties: { plan: 'free' } },
		]);
		expect(await refusalsOf(given.id, true)).toEqual([
			[3, 'The language “xx” is not one Heed speaks; it was left empty'],
		]);
	});

	it('changes nothing when the same file comes twice', async () => {
		await importPeople(ctx, scope, file, 'email', 'name', 'language', 'property');
		const before = await peopleIn(ctx, scope);
		const again = await importPeople(ctx, scope, file, 'email', 'name', 'language', 'property');
		expect(again.counts).toEqual(counts({ unchanged: 2, noted: 1 }));
		expect(await peopleIn(ctx, scope)).toEqual(before);
		expect((await imports.twin(ctx, again))?.fileHash).toBe(again.fileHash);
	});

	it('changes who is here, and never with something empty', async () => {
		await makeContact(ctx, scope.workspaceId, {
			email: 'Ana@Shop.LK',
			name: 'Ana',
			properties: [
				{ key: 'plan', value: 'free' },
				{ key: 'city', value: 'Galle' },
			],
		});
		const given = await importPeople(
			ctx,
			scope,
			'e,n,plan,seats\nANA@shop.lk,,pro,3\n',
			'email',
			'name',
			'property',
			'property',
		);
		expect(given.counts).toEqual(counts({ updated: 1 }));
		expect(await peopleIn(ctx, scope)).toMatchObject([
			{ name: 'Ana', properties: { plan: 'pro', city: 'Galle', seats: '3' } },
		]);
	});

	it('refuses rows with their line and reason, and gives them back to be put right', async () => {
		const given = await importPeople(
			ctx,
			scope,
			'email;name\n\nana@shop.lk;Ana\n=HYPERLINK("x");=1+1\nANA@shop.lk;Again\n;Nobody\nx@y.lk;a;b\n"q@y.lk"z;"d;e"\n',
			'email',
			'name',
		);
		expect(given.counts).toEqual(counts({ added: 1, refused: 5 }));
		expect(await refusalsOf(given.id)).toEqual([
			[4, '“=HYPERLINK("x")” is not an e-mail address'],
			[5, 'The same address as line 3'],
			[6, 'The e-mail address is empty'],
			[7, 'It has 3 cells, and the header has 2'],
			[8, 'Text follows a closing quote. Inside a quoted cell, write each quote twice ("")'],
		]);
		const csv = (await Array.fromAsync(imports.refusedCsv(ctx, scope, given))).join('');
		expect(csv.split('\r\n').slice(0, 3)).toEqual([
			'\ufeffwhy it was refused;line in the file;email;name',
			`"“=HYPERLINK(""x"")” is not an e-mail address";4;"'=HYPERLINK(""x"")";'=1+1`,
			'The same address as line 3;5;ANA@shop.lk;Again',
		]);
	});

	it('keeps odd property names as the values they are', async () => {
		await importPeople(
			ctx,
			scope,
			'email,__proto__,$where,a.b\nana@shop.lk,1,2,3\n',
			'email',
			'property',
			'property',
			'property',
		);
		const [row] = await ctx.rows.contacts.find({ workspaceId: scope.workspaceId }).lean();
		expect(row?.properties).toEqual([
			{ key: '__proto__', value: '1' },
			{ key: '$where', value: '2' },
			{ key: 'a.b', value: '3' },
		]);
	});

	it('reads Windows-1252 with semicolons, and UTF-16 with a mark', async () => {
		const latin = Buffer.from('email;name\r\nana@shop.lk;Zoë Müller\r\n', 'latin1');
		await importPeople(ctx, scope, latin, 'email', 'name');
		const wide = Buffer.from('\ufeffemail\tname\nben@shop.lk\tරුවන්\n', 'utf16le');
		await importPeople(ctx, scope, wide, 'email', 'name');
		const marked = '\ufeffemail,name\ncem@shop.lk,Cem\n';
		await importPeople(ctx, scope, marked, 'email', 'name');
		expect((await peopleIn(ctx, scope)).map(({ name }) => name)).toEqual(['Zoë Müller', 'රුවන්', 'Cem']);
	});
});

describe('who may be written to', () => {
	it('stays as it is when a file names them again', async () => {
		const unsubscribedAt = new Date('2026-01-01T00:00:00Z');
		await makeContact(ctx, scope.workspaceId, { email: 'ana@shop.lk', unsubscribedAt });
		await importPeople(ctx, scope, 'email,name\nana@shop.lk,Ana Perera\n', 'email', 'name');
		expect(await peopleIn(ctx, scope)).toMatchObject([{ name: 'Ana Perera', unsubscribedAt }]);
	});

	it('is remembered of somebody who was erased', async () => {
		const unsubscribedAt = new Date('2026-01-01T00:00:00Z');
		const state = { unsubscribedAt, bouncedAt: null };
		await suppressions.add(ctx.db, ctx.secret, scope.workspaceId, 'Ana@shop.lk', state);
		const other = await makeTenant(ctx);
		for (const each of [scope, other.scope]) await importPeople(ctx, each, 'email\nana@SHOP.lk\n', 'email');
		expect(await peopleIn(ctx, scope)).toMatchObject([{ unsubscribedAt }]);
		expect(await peopleIn(ctx, other.scope)).toMatchObject([{ unsubscribedAt: null }]);
	});

	it('is remembered of somebody who unsubscribed and went with the import that brought them', async () => {
		const file = 'email\nana@shop.lk\n';
		const given = await importPeople(ctx, scope, file, 'email');
		const unsubscribedAt = new Date('2026-01-01T00:00:00Z');
		await ctx.rows.contacts.updateOne({ workspaceId: scope.workspaceId }, { $set: { unsubscribedAt } });
		await undo(ctx, scope, given.id);
		expect(await peopleIn(ctx, scope)).toEqual([]);
		await importPeople(ctx, scope, file, 'email');
		expect(await peopleIn(ctx, scope)).toMatchObject([{ unsubscribedAt }]);
	});

	it('is not changed for sample people and people being deleted', async () => {
		await makeContact(ctx, scope.workspaceId, { email: 'sam@example.com', name: 'Sam', isSample: true });
		await makeContact(ctx, scope.workspaceId, { email: 'del@shop.lk', name: 'Del', deletedAt: ctx.clock() });
		const given = await importPeople(ctx, scope, 'email,name\nsam@example.com,X\ndel@shop.lk,X\n', 'email', 'name');
		expect(await refusalsOf(given.id)).toEqual([
			[2, 'This address belongs to the sample data'],
			[3, 'This person was deleted a moment ago. Import this row again in a minute'],
		]);
		expect((await peopleIn(ctx, scope)).map(({ name }) => name)).toEqual(['Del', 'Sam']);
	});
});

describe('checking a whole file of people', () => {
	it('says what the import then makes of every row, and writes nothing', async () => {
		await makeContact(ctx, scope.workspaceId, { email: 'here@shop.lk', name: 'Here' });
		await makeContact(ctx, scope.workspaceId, { email: 'same@shop.lk', name: 'Same' });
		await makeContact(ctx, scope.workspaceId, { email: 'sam@example.com', isSample: true });
		const many = Array.from({ length: 1_200 }, (_, at) => `p${at}@shop.lk,P,\n`).join('');
		const file =
			'email,name,lang\nhere@shop.lk,Now,\nsame@shop.lk,,xx\nsam@example.com,S,\nnobody,,\n' +
			`${many}P7@shop.lk,Twice,\nno one,,yy\n`;
		const { id } = await upload(ctx, scope, 'people', file);
		const values = { columns: columns('email', 'name', 'language') };
		const forecast = await imports.check(ctx, scope, id, { kind: 'people', values });
		expect(forecast!.counts).toEqual(counts({ added: 1_200, updated: 1, unchanged: 1, refused: 4, noted: 1 }));
		expect(
			forecast!.fates.map(({ count, line, reason, isTaken }) => [count, line, rowText(reason), isTaken]).sort(),
		).toEqual([
			[1, 1206, 'The same address as line 13', false],
			[1, 3, 'The language “xx” is not one Heed speaks; it was left empty', true],
			[1, 4, 'This address belongs to the sample data', false],
			[2, 5, '“nobody” is not an e-mail address', false],
		]);
		expect(await ctx.rows.contacts.countDocuments({ workspaceId: scope.workspaceId })).toBe(3);
		await imports.startPeople(ctx, scope, id, values);
		await ctx.runDueJobs();
		expect((await imports.byId(ctx, scope, id)).counts).toEqual(forecast!.counts);
		expect(await imports.check(ctx, scope, id, { kind: 'people', values })).toBeNull();
	});

	it('names the columns that are wrong, as starting it does', async () => {
		const { id } = await upload(ctx, scope, 'people', 'a\nana@shop.lk\n');
		const check = imports.check(ctx, scope, id, { kind: 'people', values: { columns: columns('name') } });
		await expect(check).rejects.toThrow('Choose which column is “E-mail address”');
	});
});

describe('undoing an import of people', () => {
	it('takes out whom it brought and gives others their former values back', async () => {
		const before = [{ key: 'plan', value: 'free' }];
		await makeContact(ctx, scope.workspaceId, { email: 'ana@shop.lk', name: 'Ana', properties: before });
		const given = await importPeople(
			ctx,
			scope,
			'email,name,plan\nana@shop.lk,Anna,pro\nben@shop.lk,Ben,pro\n',
			'email',
			'name',
			'property',
		);
		expect(given.counts).toEqual(counts({ added: 1, updated: 1 }));
		expect(await undo(ctx, scope, given.id)).toMatchObject({ status: 'undone', keptCount: 0 });
		expect(await peopleIn(ctx, scope)).toMatchObject([{ name: 'Ana', properties: { plan: 'free' } }]);
	});

	it('keeps what was changed since, and whom somebody asked since', async () => {
		await makeContact(ctx, scope.workspaceId, { email: 'ana@shop.lk', name: 'Ana' });
		const given = await importPeople(
			ctx,
			scope,
			'email,name,plan\nana@shop.lk,Anna,pro\nben@shop.lk,Ben,pro\n',
			'email',
			'name',
			'property',
		);
		const { models } = ctx.db;
		await models.contacts.updateOne(
			{ address: 'ana@shop.lk', workspaceId: scope.workspaceId },
			{ $set: { name: 'Ana P.' } },
		);
		const ben = await models.contacts.findOne({ address: 'ben@shop.lk', workspaceId: scope.workspaceId });
		await models.invitations.create({
			workspaceId: scope.workspaceId,
			surveyId: given.id,
			version: 1,
			contactId: ben!._id,
			address: 'ben@shop.lk',
			language: 'en',
			status: 'sent',
			dueAt: ctx.clock(),
			createdAt: ctx.clock(),
		});
		expect(await undo(ctx, scope, given.id)).toMatchObject({ status: 'undone', keptCount: 1 });
		expect(await peopleIn(ctx, scope)).toMatchObject([
			{ name: 'Ana P.', properties: {} },
			{ name: 'Ben', properties: { plan: 'pro' } },
		]);
	});

	it('done twice is done once, and what was not started has nothing to undo', async () => {
		const given = await importPeople(ctx, scope, 'email\nana@shop.lk\n', 'email');
		await undo(ctx, scope, given.id);
		await expect(undo(ctx, scope, given.id)).resolves.toMatchObject({ status: 'undone' });
		const waiting = await upload(ctx, scope, 'people', 'email\nana@shop.lk\n');
		await expect(imports.undo(ctx, scope, waiting.id)).rejects.toThrow('nothing to undo');
	});
});

describe('a file that cannot be imported', () => {
	const wide = Array.from({ length: 100_001 }, (_, at) => `c${at}`).join(',');

	it.each([
		['nothing', '', 'This file is empty.'],
		['blank lines', '\n\n ,\n', 'This file is empty.'],
		['a header only', 'email,name\n', 'This file has a header, but no rows below it.'],
		['100,001 columns', `${wide}\n1,2\n`, 'This file has 100,001 columns; at most 200'],
		['a workbook', 'PK\u0003\u0004rest', 'This is an Excel workbook or a ZIP file'],
		['zeros', 'email\nana@shop.lk\0\n', 'This is not a text file'],
		['a quote that is never closed', 'email,name\nana@shop.lk,"Ana\nben@shop.lk,Ben\n', 'Line 2 opens a quote'],
		['no header', 'ana@shop.lk,Ana\nben@shop.lk,Ben\n', 'The first row should name the columns, and has “ana@shop.lk”'],
	])('with %s is refused and leaves nothing behind', async (_, content, message) => {
		await expect(upload(ctx, scope, 'people', content)).rejects.toThrow(message);
		expect(await ctx.rows.imports.countDocuments({ workspaceId: scope.workspaceId })).toBe(0);
		expect(await ctx.rows.importChunks.countDocuments({ workspaceId: scope.workspaceId })).toBe(0);
	});

	it('with more than 50 MB is refused and leaves nothing behind', async () => {
		const line = Buffer.from('ana@shop.lk\n'.repeat(100_000));
		const bytes = (async function* () {
			for (let count = 0; count < 50; count++) yield line;
		})();
		await expect(imports.upload(ctx, scope, { kind: 'people', fileName: 'a.csv', bytes })).rejects.toThrow(
			'larger than 50 MB',
		);
		expect(await ctx.rows.importChunks.countDocuments({ workspaceId: scope.workspaceId })).toBe(0);
	});

	it('breaks off when its sender does, and leaves nothing behind', async () => {
		const bytes = (async function* () {
			yield Buffer.alloc(300_000, 'a');
			throw new Error('The connection broke');
		})();
		await expect(imports.upload(ctx, scope, { kind: 'people', fileName: 'a.csv', bytes })).rejects.toThrow('broke');
		expect(await ctx.rows.importChunks.countDocuments({ workspaceId: scope.workspaceId })).toBe(0);
	});
});

describe('the columns', () => {
	it('must have an address, and each role once', async () => {
		const { id } = await upload(ctx, scope, 'people', 'a,b\nana@shop.lk,x\n');
		const start = (...roles: string[]) => imports.startPeople(ctx, scope, id, { columns: columns(...roles) });
		await expect(start('name', 'skip')).rejects.toThrow('Choose which column is “E-mail address”');
		await expect(start('email', 'email')).rejects.toMatchObject({ fields: { 'columns.1': expect.any(String) } });
		await expect(start('email')).rejects.toMatchObject({ fields: { 'columns.1': 'Choose what this column is' } });
		await expect(start('email', 'score')).rejects.toThrow('Choose what each column is');
		expect(await imports.byId(ctx, scope, id)).toMatchObject({ status: 'mapping' });
	});

	it('are named once: pressing start twice runs it once', async () => {
		const { id } = await upload(ctx, scope, 'people', 'a\nana@shop.lk\n');
		for (let time = 0; time < 2; time++) await imports.startPeople(ctx, scope, id, { columns: columns('email') });
		expect(await ctx.runDueJobs()).toBe(1);
		expect((await imports.byId(ctx, scope, id)).counts).toEqual(counts({ added: 1 }));
	});

	it('of another workspace are out of reach', async () => {
		const { id } = await upload(ctx, scope, 'people', 'a\nana@shop.lk\n');
		const stranger = await makeTenant(ctx);
		const reach = [
			() => imports.byId(ctx, stranger.scope, id),
			() => imports.startPeople(ctx, stranger.scope, id, { columns: columns('email') }),
			() => imports.undo(ctx, stranger.scope, id),
			() => imports.discard(ctx, stranger.scope, id),
		];
		for (const each of reach) await expect(each()).rejects.toThrow('There is no such import here');
		expect(await imports.byId(ctx, scope, id)).toMatchObject({ status: 'mapping' });
		expect((await imports.refusals(ctx, stranger.scope, id, { after: 0, isTaken: false })).refusals).toEqual([]);
	});
});
