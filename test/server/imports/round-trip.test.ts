import { afterAll, beforeAll, expect, it } from 'vitest';
import { guessAnswerRoles, guessPeopleRoles } from '#lib/domain/import/columns.ts';
import type { Import } from '#lib/domain/import/import.ts';
import * as exports from '#lib/server/services/exports.ts';
import * as imports from '#lib/server/services/imports.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { makeAnswers, makeContact, makeSurvey, makeTenant } from '../../support/factories.ts';
import { columns, importPeople, peopleIn, upload } from './support.ts';

let ctx: TestContext;
beforeAll(async () => {
	ctx = await testContext({ now: '2024-04-10T12:00:00Z' });
});
afterAll(() => ctx.close());

const odd = [
	{ key: 'phone', value: '+94 77 123 4567' },
	{ key: '=key', value: "'-quoted" },
	{ key: 'Channel', value: '@shop' },
	{ key: 'note', value: 'say "hi"; then, bye' },
];

/** A workspace with a survey that Ana, who has odd properties, has answered. */
const makeShop = async () => {
	const tenant = await makeTenant(ctx, { timeZone: 'Asia/Kathmandu' });
	const surveyId = await makeSurvey(ctx, tenant.workspace.id);
	const contactId = await makeContact(ctx, tenant.workspace.id, {
		email: 'ana@customer.test',
		name: '=Ana',
		properties: odd,
	});
	await makeAnswers(ctx, tenant.workspace.id, surveyId, [
		{ score: 9, at: '2024-04-01T20:00:00Z', comment: '-1, said she', contactId, properties: odd, channel: 'email' },
		{ score: 2, at: '2024-04-02T20:00:00Z', comment: 'two\nlines', properties: [] },
	]);
	return { ...tenant, surveyId };
};
type Shop = Awaited<ReturnType<typeof makeShop>>;

const csvOf = async ({ scope, workspace, surveyId }: Shop, kind: 'answers' | 'peopleWho') => {
	const { lines } = await exports[kind](ctx, scope, workspace, surveyId, new URLSearchParams());
	return (await Array.fromAsync(lines)).join('');
};

/** Imports answers into a survey with the roles that are guessed, as somebody does who only presses the button. */
const importAnswers = async ({ scope, workspace, surveyId }: Shop, csv: string): Promise<Import> => {
	const given = await upload(ctx, scope, 'answers', csv);
	await imports.startAnswers(
		ctx,
		scope,
		workspace,
		given.id,
		imports.answersFormSchema.parse({
			columns: columns(...guessAnswerRoles(given.header, given.profiles)),
			survey: surveyId,
			timeZone: 'UTC',
		}),
	);
	await ctx.runDueJobs();
	return imports.byId(ctx, scope, given.id);
};

it('an export of answers comes back as the same answers, and no heading of ours as a property', async () => {
	const here = await makeShop();
	const tenant = await makeTenant(ctx, { timeZone: 'UTC' });
	const there = { ...tenant, surveyId: await makeSurvey(ctx, tenant.workspace.id) };
	const csv = await csvOf(here, 'answers');
	expect((await importAnswers(there, csv)).counts).toMatchObject({ added: 2, refused: 0 });
	const answersIn = (surveyId: string) =>
		ctx.rows.responses.find({ surveyId }).sort({ score: 1 }).select('-_id score comment answeredAt properties').lean();
	const [plain, full] = await answersIn(there.surveyId);
	const [before, odder] = await answersIn(here.surveyId);
	expect(plain).toEqual(before);
	const byKey = (row: typeof full) => Object.fromEntries(row!.properties.map(({ key, value }) => [key, value]));
	const { Channel, ...others } = byKey(odder);
	expect(byKey(full)).toEqual({ ...others, 'Channel (property)': Channel });
	expect(full).toMatchObject({ score: 9, comment: '-1, said she', answeredAt: odder!.answeredAt });
	expect(await peopleIn(ctx, there.scope)).toMatchObject([{ address: 'ana@customer.test', name: '=Ana' }]);
});

it('an export of answers adds nothing to the survey it came from', async () => {
	const here = await makeShop();
	const given = await importAnswers(here, await csvOf(here, 'answers'));
	expect(given.counts).toMatchObject({ added: 0, refused: 2 });
	expect(await ctx.rows.responses.countDocuments({ surveyId: here.surveyId })).toBe(2);
});

it('an export of people changes nobody, and comes back elsewhere as the same people', async () => {
	const here = await makeShop();
	const csv = await csvOf(here, 'peopleWho');
	const roles = (header: string[]) => guessPeopleRoles(header);
	const before = await peopleIn(ctx, here.scope);
	const { header } = await upload(ctx, here.scope, 'people', csv);
	const given = await importPeople(ctx, here.scope, csv, ...roles(header));
	expect(given.counts).toMatchObject({ added: 0, updated: 0, unchanged: 1 });
	expect(await peopleIn(ctx, here.scope)).toEqual(before);
	const elsewhere = await makeTenant(ctx);
	await importPeople(ctx, elsewhere.scope, csv, ...roles(header));
	expect(await peopleIn(ctx, elsewhere.scope)).toEqual(before);
});
