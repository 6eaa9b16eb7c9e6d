// What the builder saves, through its own door: checked by the one schema, over the revision that was seen, told who else saved.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionStore } from '#lib/server/auth/lucia.ts';
import { newQuestion } from '#lib/domain/survey/question.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeMember, makeTenant } from '#test/support/factories.ts';
import { ask, findAll, type Ask } from '#test/support/routes.ts';

let ctx: TestContext;
let tenant: Awaited<ReturnType<typeof makeTenant>>;
let colleague: Awaited<ReturnType<typeof makeMember>>;
let door: Ask;
beforeAll(async () => {
	ctx = await testContext();
	tenant = await makeTenant(ctx);
	colleague = await makeMember(ctx, tenant.workspace.id, { role: 'member', name: 'Noor' });
	door = (await findAll()).find(({ route, what }) => route.endsWith('/edit/draft') && what === 'PUT')!;
});
afterAll(() => ctx.close());

const begin = () => {
	const id = surveys.newId(ctx);
	return surveys.create(ctx, tenant.scope, { id, template: 'nps-relationship', name: 'Mine', language: 'en' });
};
const put = async (survey: Survey, edit: unknown, userId = tenant.scope.userId) => {
	const { token } = await sessionStore(ctx).open(userId, 'a test');
	const params = { workspace: tenant.workspace.slug, survey: survey.id };
	const body = typeof edit === 'string' ? edit : JSON.stringify(edit);
	const answer = await ask(ctx, door, { params, token, body, headers: { 'content-type': 'application/json' } });
	const data: unknown = answer.data instanceof Response ? await answer.data.clone().json() : null;
	return { ...answer, data };
};
const edit = ({ draftRevision, name, draft }: Survey, change: object = {}) => ({
	draftRevision,
	name,
	draft: { ...draft, ...change },
});

it('keeps a whole draft, without what is empty in it', async () => {
	const survey = await begin();
	const texts = { en: { question: ' Mine? ', thanks: '  ' } };
	const answer = await put(survey, edit(survey, { texts, questions: [newQuestion('matrix', 'q1')] }));
	expect(answer).toMatchObject({ status: 200, data: { draftRevision: 1, hasUnpublishedEdits: true } });
	const kept = await surveys.byId(ctx, tenant.scope, survey.id);
	expect(kept.draft.texts).toEqual({ en: { question: 'Mine?' } });
	expect(kept.draft.questions).toHaveLength(1);
});

it.each<[string, object, string[]]>([
	[
		'a setting that no question has',
		{ questions: [{ ...newQuestion('date', 'q1'), script: 1 }] },
		['draft.questions.0'],
	],
	[
		'two questions of one id',
		{ questions: [newQuestion('date', 'q1'), newQuestion('date', 'q1')] },
		['draft.questions.1.id'],
	],
	[
		'a scale that the metric cannot have',
		{ scale: { points: 5, look: 'faces', order: 'low-first', direction: 'high-is-good', topBoxes: 2 } },
		['draft.scale.points'],
	],
	['a text that is too long', { texts: { en: { thanks: 'x'.repeat(601) } } }, ['draft.texts.en.thanks']],
	[
		'an ending that runs a script',
		{ endings: { promoter: { kind: 'link', address: 'javascript:alert(1)' } } },
		['draft.endings.promoter.address'],
	],
	[
		'names that objects have',
		JSON.parse('{"texts":{"en":{"questions":{"constructor":{"title":"x"}}}}}') as object,
		['draft.texts.en.questions.constructor'],
	],
])('refuses %s, says where, and keeps what was there', async (_what, change, places) => {
	const survey = await begin();
	const answer = await put(survey, edit(survey, change));
	expect(answer.status).toBe(400);
	expect(Object.keys((answer.data as { fields: object }).fields)).toEqual(places);
	expect((await surveys.byId(ctx, tenant.scope, survey.id)).draftRevision).toBe(0);
});

it.each(['', 'null', '[]', '{"draft":null}', '{', '"x"'])('refuses the body %s', async (body) => {
	const survey = await begin();
	expect((await put(survey, body)).status).toBe(400);
});

describe('two people', () => {
	it('are told who saved meanwhile, and what', async () => {
		const survey = await begin();
		await put(survey, edit(survey, { texts: { en: { thanks: 'Theirs' } } }), colleague.userId);
		const answer = await put(survey, edit(survey, { texts: { en: { thanks: 'Mine' } } }));
		expect(answer.status).toBe(409);
		expect(answer.data).toMatchObject({
			theirs: { by: 'Noor', draftRevision: 1, draft: { texts: { en: { thanks: 'Theirs' } } } },
		});
	});
	it('are told nothing when both saved the same', async () => {
		const survey = await begin();
		const same = edit(survey, { texts: { en: { thanks: 'Same' } } });
		await put(survey, same, colleague.userId);
		expect(await put(survey, same)).toMatchObject({ status: 200, data: { draftRevision: 1 } });
	});
});

describe('what is published', () => {
	it('leads nobody astray', async () => {
		const survey = await begin();
		const q1 = { ...newQuestion('yes-no', 'q1'), rules: [{ when: null, to: 'q1' }] };
		await put(survey, edit(survey, { questions: [q1], texts: { en: { questions: { q1: { title: 'One?' } } } } }));
		await expect(surveys.publish(ctx, tenant.scope, survey.id, 1)).rejects.toThrow(
			/^Not published yet\. Question 1: .*back/,
		);
	});
	it('says something', async () => {
		const survey = await begin();
		await put(survey, edit(survey, { questions: [newQuestion('yes-no', 'q1')] }));
		await expect(surveys.publish(ctx, tenant.scope, survey.id, 1)).rejects.toThrow(/does not say yet what it asks/);
	});
	it('is remembered by its ids, which nothing new is given', async () => {
		const survey = await begin();
		const q1 = { title: 'One?', options: { o1: 'A', o2: 'B' } };
		const q2 = { title: 'Each?', options: { o1: 'A', o2: 'B', o3: 'C' }, rows: { r1: 'One', r2: 'Two' } };
		const q3 = { title: 'Really?' };
		const questions = [newQuestion('one-choice', 'q1'), newQuestion('matrix', 'q2'), newQuestion('yes-no', 'q3')];
		await put(survey, edit(survey, { questions, texts: { en: { questions: { q1, q2, q3 } } } }));
		await surveys.publish(ctx, tenant.scope, survey.id, 1);
		const live = await surveys.byId(ctx, tenant.scope, survey.id);
		await put(live, edit(live, { questions: [], texts: {} }));
		expect(await surveys.takenIds(ctx, tenant.scope, survey.id)).toEqual({
			q1: ['o1', 'o2'],
			q2: ['o1', 'o2', 'o3', 'r1', 'r2'],
			q3: [],
		});
	});
});
