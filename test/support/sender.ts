// For tests about sending: a context for the file and, before each test, a workspace of its own with a live survey.
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { testContext, type TestContext } from './context.ts';
import { makeSurvey, makeTenant } from './factories.ts';

export let ctx: TestContext;
export let workspace: Workspace;
export let scope: Scope;
export let surveyId: string;

/** Call it once, at the top of the file. */
export const equip = (): void => {
	beforeAll(async () => {
		ctx = await testContext();
	});
	afterAll(() => ctx.close());
	beforeEach(async () => {
		({ workspace, scope } = await makeTenant(ctx));
		surveyId = await makeSurvey(ctx, workspace.id);
		ctx.mails.length = 0;
	});
};
