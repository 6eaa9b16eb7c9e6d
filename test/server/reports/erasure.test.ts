import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import * as deletions from '#lib/server/services/deletions.ts';
import * as imports from '#lib/server/services/imports.ts';
import * as importRuns from '#lib/server/services/importing/run.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeAnswers, makeContact, makeMember, makeSurvey, makeTenant } from '#test/support/factories.ts';
import { runOutbox } from '#test/support/outbox.ts';
import { columns, upload } from '../imports/support.ts';

const address = 'ana.perera@customers.lk';
/** Nearly the same, and somebody else's. */
const neighbour = 'susana.perera@customers.lk';
const comment = 'The tea was cold as a stone';

let ctx: TestContext;
let workspace: Workspace;
let scope: Scope;
beforeAll(async () => {
	ctx = await testContext();
	({ workspace, scope } = await makeTenant(ctx));
});
afterAll(() => ctx.close());

/** Collections in which something stands as a word, whatever the field: files of imports are looked into as text. */
const collectionsWith = async (wanted: string): Promise<string[]> => {
	const db = ctx.db.connection.db!;
	const found: string[] = [];
	for (const { name } of await db.listCollections().toArray()) {
		const rows = await db.collection(name).find().toArray();
		// A piece of a file is looked into before JSON makes base64 of it.
		const text = rows.map((row) => JSON.stringify(row.bytes ? { ...row, bytes: String(row.bytes.buffer) } : row));
		// As it is in JSON, and as quoted-printable mails break it.
		const unfolded = text.join('\n').replaceAll('=\\r\\n', '').replaceAll('\\n', ' ');
		if (new RegExp(`(?<![a-z])${wanted}`, 'i').test(unfolded)) found.push(name);
	}
	return found.sort();
};

const importPeople = async (file: string) => {
	const { id } = await upload(ctx, scope, 'people', file);
	await imports.startPeople(ctx, scope, id, { columns: columns('email', 'name', 'language') });
	await ctx.runDueJobs();
};

it('leaves a person’s address and words in no collection, and takes nothing from their neighbours', async () => {
	await makeMember(ctx, workspace.id, { email: 'colleague@shop.lk', wantsDetractorMail: true });
	const survey = await makeSurvey(ctx, workspace.id);
	const contactId = await makeContact(ctx, workspace.id, { email: 'Ana.Perera@customers.lk', name: 'Ana' });
	await makeContact(ctx, workspace.id, { email: neighbour, name: 'Susana' });

	// Changed by one import, refused by it and by another, and in a file that waits.
	await importPeople(`email,name,lang\n${address},Ana Maria,xx\n${address},Twice,\n${neighbour},Susana P,xx\n`);
	const answers = `score,when,words,mail\n11,2024-01-02,${comment},${address}\n`;
	const { id } = await upload(ctx, scope, 'answers', answers);
	await imports.startAnswers(ctx, scope, workspace, id, {
		columns: columns('score', 'date', 'comment', 'email'),
		...{ survey, name: '', timeZone: 'UTC', dateFormat: 'auto' },
	});
	await ctx.runDueJobs();
	const waiting = await upload(ctx, scope, 'people', `email,name\n${address},Ana\n`);
	const others = await upload(ctx, scope, 'people', `email,name\n${neighbour},Susana\n`);

	// Asked by mail; their low answers in a mail to a colleague, and in the summary of an hour.
	await sendings.create(ctx, scope, workspace, {
		...{ surveyId: survey, audience: { kind: 'all' }, sendAt: null, submissionKey: 'a'.repeat(32) },
	});
	await runOutbox(ctx);
	const low = { score: 1, at: '2026-03-02T08:00:00Z', contactId };
	const given = [
		{ ...low, comment },
		...Array.from({ length: 21 }, () => ({ ...low, contactId: null })),
		{ ...low, comment },
	];
	for (const responseId of await makeAnswers(ctx, workspace.id, survey, given)) {
		await ctx.jobs.enqueue('detractor-alert', { workspaceId: workspace.id, responseId });
		await ctx.runDueJobs();
	}
	ctx.pass(3_600_000);
	await ctx.runDueJobs();
	expect(ctx.mails.filter(({ kind, text }) => kind === 'alert' && text.includes(comment))).toHaveLength(2);

	const traces = ['contacts', 'importChunks', 'importRefusals', 'imports', 'invitations', 'mailboxMessages'];
	expect(await collectionsWith(address)).toEqual(traces);
	expect(await collectionsWith(comment)).toEqual(['importRefusals', 'mailboxMessages', 'responses']);
	const neighbours = await collectionsWith(neighbour);
	expect(await ctx.rows.importChanges.countDocuments({ contactId })).toBe(1);

	await deletions.deletePerson(ctx, scope, contactId);
	ctx.pass(3_600_000);
	await ctx.runDueJobs();
	expect(await collectionsWith(address)).toEqual([]);
	expect(await collectionsWith(comment)).toEqual([]);
	expect(await ctx.rows.importChanges.countDocuments({ contactId })).toBe(0);
	await expect(imports.byId(ctx, scope, waiting.id)).rejects.toThrow('There is no such import here');
	expect(await collectionsWith(neighbour)).toEqual(neighbours);
	expect((await imports.byId(ctx, scope, others.id)).status).toBe('mapping');
});

it('waits for an import under way, which does not bring back who was deleted', async () => {
	const someone = 'Dushan@Müller.lk';
	await importPeople(`email,name,lang\n${someone},Dushan,\n`);
	const contactId = (await ctx.rows.contacts.findOne({ address: 'dushan@xn--mller-kva.lk' }))!._id.toHexString();
	const { id } = await upload(ctx, scope, 'people', `email,name,lang\n${someone},Dushan,\n`);
	await imports.startPeople(ctx, scope, id, { columns: columns('email', 'name', 'language') });
	// Another process is at it, and dies.
	const leaseUntil = new Date(ctx.clock().getTime() + 600_000);
	await ctx.rows.imports.updateOne({ _id: id }, { $set: { leaseId: 'another', leaseUntil } });
	await deletions.deletePerson(ctx, scope, contactId);
	for (let minute = 0; minute < 5; minute++) {
		ctx.pass(60_000);
		await ctx.runDueJobs();
	}
	expect(await deletions.isDeleted(ctx, scope, contactId)).toBe(true);
	ctx.pass(600_000);
	await importRuns.lookAfter(ctx);
	await ctx.runDueJobs();
	expect(await imports.byId(ctx, scope, id)).toMatchObject({ status: 'done', counts: { refused: 1, added: 0 } });
	ctx.pass(60_000);
	await ctx.runDueJobs();
	expect(await collectionsWith('dushan')).toEqual([]);
});

it('takes the mails about one answer with that answer', async () => {
	const survey = await makeSurvey(ctx, workspace.id);
	const words = 'Nobody came to the door';
	const given = { score: 2, at: '2026-03-02T08:30:00Z', comment: words };
	const [responseId] = await makeAnswers(ctx, workspace.id, survey, [given]);
	ctx.pass(3_600_000);
	await ctx.jobs.enqueue('detractor-alert', { workspaceId: workspace.id, responseId: responseId! });
	await ctx.runDueJobs();
	expect(await collectionsWith(words)).toEqual(['mailboxMessages', 'responses']);
	await deletions.deleteAnswer(ctx, scope, responseId!);
	ctx.pass(3_600_000);
	await ctx.runDueJobs();
	expect(await collectionsWith(words)).toEqual([]);
});
