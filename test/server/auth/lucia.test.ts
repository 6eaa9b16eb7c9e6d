import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessionStore } from '#lib/server/auth/lucia.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeMember, makeTenant } from '#test/support/factories.ts';
import { keepsSessions } from './session-store.contract.ts';

let ctx: TestContext;
beforeAll(async () => {
	ctx = await testContext({ env: { SESSION_DAYS: '10' } });
});
afterAll(() => ctx.close());

keepsSessions('Lucia on our own rows', async () => {
	const { workspace, scope } = await makeTenant(ctx);
	const { userId } = await makeMember(ctx, workspace.id);
	return {
		store: sessionStore(ctx),
		userIds: [scope.userId, userId],
		passDays: (days) => ctx.pass(days * 86_400_000),
		days: 10,
		written: async () => JSON.stringify(await ctx.rows.sessions.find().lean()),
	};
});

it('opens nothing for a person who is gone', async () => {
	const { scope } = await makeTenant(ctx);
	const { token } = await sessionStore(ctx).open(scope.userId, '');
	await ctx.rows.users.deleteOne({ _id: scope.userId });
	expect(await sessionStore(ctx).read(token)).toBeNull();
});
