import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { settingsOf } from '#lib/domain/survey/survey.ts';
import { templates } from '#lib/domain/survey/templates.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import * as workspaceRows from '#lib/server/db/workspaces.ts';
import * as reports from '#lib/server/services/reports.ts';
import * as surveyLists from '#lib/server/services/survey-lists.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import * as touchpoints from '#lib/server/services/touchpoints.ts';
import * as versions from '#lib/server/services/versions.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeMember, makeSurvey, makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
let workspace: Workspace;
let scope: Scope;
beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());
beforeEach(async () => {
	({ workspace, scope } = await makeTenant(ctx));
});

const now = async () => (await workspaceRows.byId(ctx.db, workspace.id))!;
const names = async () => (await now()).touchpoints.map(({ name }) => name);
const listed = async (touchpoint = '', isArchived = false) =>
	(await surveyLists.show(ctx, scope, await now(), { touchpoint, isArchived })).surveys.map(({ name }) => name);
const give = async (id: string, touchpointId: string) => {
	const from = settingsOf(await surveys.byId(ctx, scope, id));
	await surveys.changeSettings(ctx, scope, id, { from, to: { ...from, touchpointId } });
};

it('keeps what several people add at once', async () => {
	const before = (await names()).length;
	await Promise.all(
		['Fair', 'Phone', 'Invoice'].map((name) =>
			touchpoints.add(ctx, scope, { id: touchpoints.newId(ctx), name, phase: 'after' }),
		),
	);
	expect(await names()).toHaveLength(before + 3);
});

it('says how many surveys a removed one leaves, and gives it back to them when that is undone', async () => {
	for (const name of ['One', 'Two']) await give(await makeSurvey(ctx, workspace.id, { name }), 'torder');
	await makeSurvey(ctx, workspace.id, { name: 'Three' });
	expect(await listed('torder')).toEqual(['Two', 'One']);
	const before = await names();
	const gone = (await touchpoints.remove(ctx, scope, 'torder'))!;
	expect(gone).toMatchObject({ surveys: 2, removed: { name: 'Order' } });
	expect(await listed('none')).toEqual(['Three', 'Two', 'One']);
	await touchpoints.add(ctx, scope, gone.removed, gone.index);
	expect(await names()).toEqual(before);
	expect(await listed('torder')).toEqual(['Two', 'One']);
	expect(await touchpoints.remove(ctx, scope, 'tnone')).toBeNull();
});

it('gives a survey the touchpoint that its template is for, which its report names', async () => {
	const names = [];
	for (const { id: template } of templates) {
		const id = surveys.newId(ctx);
		await surveys.create(ctx, scope, { id, template, name: template, language: 'en' });
		const { survey } = await reports.forSurvey(ctx, scope, workspace, id, new URLSearchParams());
		names.push(`${template}: ${survey.touchpoint}`);
	}
	expect(names).toEqual([
		'nps-relationship: Relationship',
		'nps-b2b: Relationship',
		'nps-after-purchase: Order',
		'csat-delivery: Delivery',
		'csat-after-support: Support',
		'ces-support: Support',
		'live-chat: Support',
		'ces-returns: Returns',
		'store-visit: Store',
		'ces-onboarding: Onboarding',
		'cancellation: Relationship',
		...['enps', 'pmf', 'csat', 'stars', 'thumbs', 'ces-v1'].map((id) => `${id}: null`),
	]);
	await touchpoints.remove(ctx, scope, 'torder');
	expect(await listed('none')).toContain('nps-after-purchase');
});

it('lists archived surveys apart, and has another revision when one opens by its schedule', async () => {
	const id = await makeSurvey(ctx, workspace.id, { name: 'Current' });
	await surveys.archive(ctx, scope, await makeSurvey(ctx, workspace.id, { name: 'Old' }));
	expect(await listed()).toEqual(['Current']);
	expect(await listed('', true)).toEqual(['Old']);
	const from = settingsOf(await surveys.byId(ctx, scope, id));
	const opensAt = new Date(ctx.clock().getTime() + 60_000);
	await surveys.changeSettings(ctx, scope, id, { from, to: { ...from, opensAt } });
	const before = await surveyLists.revision(ctx, scope);
	expect(await surveyLists.revision(ctx, scope)).toBe(before);
	ctx.pass(60_000);
	expect(await surveyLists.revision(ctx, scope)).not.toBe(before);
});

it('tells versions with who published them and what publishing the draft would change', async () => {
	const colleague = await makeMember(ctx, workspace.id, { role: 'member', name: 'Ravi' });
	const id = await makeSurvey(ctx, workspace.id);
	const ask = async (question: string) => {
		const { draft, draftRevision, name } = await surveys.byId(ctx, scope, id);
		return surveys.saveDraft(ctx, scope, id, { name, draftRevision, draft: { ...draft, texts: { en: { question } } } });
	};
	expect((await versions.list(ctx, scope, id, null)).pending).toBeNull();
	const { draftRevision } = await ask('Two?');
	const change = {
		kind: 'wording',
		spot: { of: 'question' },
		language: 'en',
		from: null,
		to: 'Two?',
		endsComparison: true,
	};
	expect((await versions.list(ctx, scope, id, null)).pending).toEqual([change]);
	await surveys.publish(ctx, colleague, id, draftRevision);
	await ask('Three?');
	const { versions: all, pending, compared } = await versions.list(ctx, scope, id, { from: 2, to: 1 });
	expect(all).toMatchObject([
		{ version: 2, publishedBy: 'Ravi', differences: [change] },
		{ version: 1, publishedBy: null, differences: null },
	]);
	expect(pending).toMatchObject([{ from: 'Two?', to: 'Three?' }]);
	expect(compared?.differences).toMatchObject([{ from: 'Two?', to: null }]);
	expect(await versions.marks(ctx, workspace.id, id)).toMatchObject([{ version: 2 }]);
});
