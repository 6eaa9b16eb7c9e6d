import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '#lib/domain/errors.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import * as surveyRows from '#lib/server/db/surveys.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeSurvey, makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
let scope: Scope;
beforeAll(async () => {
	ctx = await testContext();
	({ scope } = await makeTenant(ctx));
});
afterAll(() => ctx.close());

const begin = (name = 'After a purchase') =>
	surveys.create(ctx, scope, { id: surveys.newId(ctx), template: 'nps-after-purchase', name, language: 'en' });
const asking = (survey: Survey, question: string): Definition => ({ ...survey.draft, texts: { en: { question } } });
const save = (survey: Survey, question: string) =>
	surveys.saveDraft(ctx, scope, survey.id, {
		draftRevision: survey.draftRevision,
		name: survey.name,
		draft: asking(survey, question),
	});
const versionsOf = (survey: Survey) => surveyRows.versions(ctx.db, scope.workspaceId, survey.id);

describe('making a survey', () => {
	it('begins as a draft in standard wording', async () => {
		const survey = await begin();
		expect(survey).toMatchObject({ status: 'draft', version: null, hasUnpublishedEdits: true });
		expect(survey.draft).toMatchObject({ metric: 'nps', texts: {}, language: 'en' });
	});

	it('makes one survey of a form that is sent twice', async () => {
		const beginning = {
			id: surveys.newId(ctx),
			template: 'csat-after-support',
			name: 'Twice',
			language: 'ar',
		} as const;
		await Promise.all([surveys.create(ctx, scope, beginning), surveys.create(ctx, scope, beginning)]);
		expect((await surveys.list(ctx, scope)).filter(({ name }) => name === 'Twice')).toHaveLength(1);
	});

	it('is found in its own workspace only', async () => {
		const survey = await begin();
		const stranger = (await makeTenant(ctx)).scope;
		await expect(surveys.byId(ctx, stranger, survey.id)).rejects.toThrow(NotFound);
		await expect(surveys.close(ctx, stranger, survey.id)).rejects.toThrow(NotFound);
		await expect(surveys.publish(ctx, stranger, survey.id, 0)).rejects.toThrow(NotFound);
		await expect(surveys.byId(ctx, scope, 'no-id')).rejects.toThrow(NotFound);
	});
});

describe('two people editing', () => {
	it('keep what the first saved, and the second is told', async () => {
		const seen = await begin();
		await save(seen, 'First?');
		await expect(save(seen, 'Second?')).rejects.toThrow(Conflict);
		const latest = await surveys.byId(ctx, scope, seen.id);
		expect(latest.draft.texts.en?.question).toBe('First?');
		await save(latest, 'Second?');
		expect((await surveys.byId(ctx, scope, seen.id)).draft.texts.en?.question).toBe('Second?');
	});

	it('at the very same time, exactly one wins', async () => {
		const seen = await begin();
		const outcomes = await Promise.allSettled(['A?', 'B?', 'C?', 'D?'].map((question) => save(seen, question)));
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect((await surveys.byId(ctx, scope, seen.id)).draftRevision).toBe(1);
	});

	it('may both save the same, which is a repeat after a lost reply', async () => {
		const seen = await begin();
		const [first, second] = [await save(seen, 'Same?'), await save(seen, 'Same?')];
		expect(second).toEqual(first);
	});
});

describe('publishing', () => {
	it('freezes the draft, and later edits make a new version that leaves the old one as it was', async () => {
		const draft = await save(await begin(), 'One?');
		const live = await surveys.publish(ctx, scope, draft.id, draft.draftRevision);
		expect(live).toMatchObject({ status: 'live', version: 1, hasUnpublishedEdits: false });
		const edited = await save(live, 'Two?');
		expect(edited).toMatchObject({ version: 1, hasUnpublishedEdits: true });
		await surveys.publish(ctx, scope, edited.id, edited.draftRevision);
		const frozen = await versionsOf(draft);
		expect(frozen.map(({ version, definition }) => [version, definition.texts.en?.question])).toEqual([
			[1, 'One?'],
			[2, 'Two?'],
		]);
	});

	it('pressed several times makes one version', async () => {
		const draft = await begin();
		await Promise.all(Array.from({ length: 5 }, () => surveys.publish(ctx, scope, draft.id, 0)));
		await surveys.publish(ctx, scope, draft.id, 0);
		expect(await versionsOf(draft)).toHaveLength(1);
	});

	it('that was cut short after freezing is finished by the next', async () => {
		const draft = await begin();
		const left = {
			surveyId: draft.id,
			version: 1,
			definition: draft.draft,
			publishedAt: ctx.clock(),
			publishedBy: null,
		};
		await surveyRows.addVersion(ctx.db, scope.workspaceId, left);
		expect(await surveys.publish(ctx, scope, draft.id, 0)).toMatchObject({ status: 'live', version: 1 });
		expect(await versionsOf(draft)).toHaveLength(1);
	});

	it('back to the words of an earlier version is a new version', async () => {
		let survey = await save(await begin(), 'One?');
		for (const question of ['One?', 'Two?', 'One?']) {
			survey = await save(survey, question);
			survey = await surveys.publish(ctx, scope, survey.id, survey.draftRevision);
		}
		expect(survey.version).toBe(3);
	});

	it('refuses a draft that was changed since it was looked at', async () => {
		const draft = await begin();
		await save(draft, 'Changed?');
		await expect(surveys.publish(ctx, scope, draft.id, draft.draftRevision)).rejects.toThrow(Conflict);
		expect(await versionsOf(draft)).toHaveLength(0);
	});

	it('knows that words put back as they were need no publishing', async () => {
		const draft = await save(await begin(), 'One?');
		const live = await surveys.publish(ctx, scope, draft.id, draft.draftRevision);
		const edited = await save(live, 'Two?');
		expect(await save(edited, 'One?')).toMatchObject({ hasUnpublishedEdits: false });
	});
});

it('pauses, resumes, closes and reopens, and pressing twice does no harm', async () => {
	const { id } = await begin();
	await surveys.publish(ctx, scope, id, 0);
	const statusAfter = async (step: 'pause' | 'resume' | 'close' | 'reopen') => {
		await Promise.all([surveys[step](ctx, scope, id), surveys[step](ctx, scope, id)]);
		return (await surveys.byId(ctx, scope, id)).status;
	};
	expect(await statusAfter('pause')).toBe('paused');
	expect(await statusAfter('resume')).toBe('live');
	expect(await statusAfter('close')).toBe('closed');
	await expect(surveys.publish(ctx, scope, id, 0)).rejects.toThrow('Reopen it first');
	expect(await statusAfter('reopen')).toBe('live');
});

it('leaves a sample as it is', async () => {
	const id = await makeSurvey(ctx, scope.workspaceId, { isSample: true });
	const survey = await surveys.byId(ctx, scope, id);
	await expect(save(survey, 'Mine?')).rejects.toThrow('sample');
	await expect(surveys.close(ctx, scope, id)).rejects.toThrow('sample');
	await expect(surveys.publish(ctx, scope, id, 1)).rejects.toThrow('sample');
});
