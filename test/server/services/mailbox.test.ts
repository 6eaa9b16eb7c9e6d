import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { User } from '#lib/domain/workspace/workspace.ts';
import * as mailbox from '#lib/server/services/mailbox.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeMember, makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
let workspaceId: string;
const asUser = (userId: string) => ({ id: userId }) as User;
let owner: User;
let member: User;
let stranger: User;

const mail = (subject: string, given: object = {}) =>
	ctx.mailer.send({
		to: 'ann@customers.lk',
		subject,
		html: `<p>${subject} ක</p>`,
		text: subject,
		fromName: 'Corner Shop',
		kind: 'survey',
		workspaceId,
		...given,
	});
const subjects = async (user: User) =>
	(await mailbox.list(ctx, user, { before: null, limit: 50 })).map(({ subject }) => subject);

beforeAll(async () => {
	ctx = await testContext();
	const mine = await makeTenant(ctx);
	workspaceId = mine.workspace.id;
	owner = asUser(mine.scope.userId);
	member = asUser((await makeMember(ctx, workspaceId, { role: 'member' })).userId);
	stranger = asUser((await makeTenant(ctx)).scope.userId);
});
afterAll(() => ctx.close());

describe('the built-in mailbox', () => {
	test('keeps each message once, whole, newest first', async () => {
		await mail('first', { messageId: '<1@heed.test>' });
		await mail('first', { messageId: '<1@heed.test>' });
		await mail('second');
		expect(await subjects(owner)).toEqual(['second', 'first']);
		const [, first] = await mailbox.list(ctx, owner, { before: null, limit: 2 });
		const message = await mailbox.read(ctx, owner, first!.id);
		expect(message).toMatchObject({ to: 'ann@customers.lk', fromName: 'Corner Shop', html: '<p>first ක</p>' });
		expect(message.source).toMatch(/^From: Corner Shop <heed@heed.test>\r$/m);
		expect(message.source).toMatch(/^Message-ID: <1@heed.test>\r$/im);
		expect(message.source).toMatch(/^Content-Type: multipart\/alternative/m);
	});

	test('never shows account mails', async () => {
		await mail('reset your password', { kind: 'account' });
		expect(await subjects(owner)).not.toContain('reset your password');
		expect(ctx.mails.at(-1)!.subject).toBe('reset your password');
		expect(await ctx.rows.mailboxMessages.countDocuments({ subject: 'reset your password' })).toBe(0);
	});

	test('is read by owners of the workspace only', async () => {
		await expect(mailbox.list(ctx, member, { before: null, limit: 9 })).rejects.toThrow('Only owners');
		expect(await subjects(stranger)).toEqual([]);
		const [message] = await mailbox.list(ctx, owner, { before: null, limit: 1 });
		await expect(mailbox.read(ctx, stranger, message!.id)).rejects.toThrow('not here');
		await mailbox.clear(ctx, stranger);
		expect(await subjects(owner)).toContain('second');
	});

	test('is not there where mail really goes out', async () => {
		const env = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@shop.lk' };
		const real = await testContext({ env, db: ctx.db });
		await expect(mailbox.list(real, owner, { before: null, limit: 9 })).rejects.toMatchObject({ name: 'NotFound' });
		await real.close();
	});

	test('is emptied and brought back, for 30 seconds', async () => {
		const before = await subjects(owner);
		const { clearedAt } = await mailbox.clear(ctx, owner);
		expect(await subjects(owner)).toEqual([]);
		await mailbox.restore(ctx, owner, clearedAt);
		expect(await subjects(owner)).toEqual(before);
		const again = await mailbox.clear(ctx, owner);
		ctx.pass(31_000);
		await expect(mailbox.restore(ctx, owner, again.clearedAt)).rejects.toThrow('too late');
	});

	test('goes on after a message id', async () => {
		for (let n = 0; n < 5; n++) await mail(`page ${n}`);
		const first = await mailbox.list(ctx, owner, { before: null, limit: 3 });
		const second = await mailbox.list(ctx, owner, { before: first.at(-1)!.id, limit: 3 });
		expect([...first, ...second].map(({ subject }) => subject)).toEqual([4, 3, 2, 1, 0].map((n) => `page ${n}`));
	});
});
