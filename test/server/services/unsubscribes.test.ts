import { describe, expect, test } from 'vitest';
import type { User } from '#lib/domain/workspace/workspace.ts';
import { tokenFor } from '#lib/server/services/links.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import { sendTest } from '#lib/server/services/test-sends.ts';
import * as unsubscribes from '#lib/server/services/unsubscribes.ts';
import type { TestContext } from '#test/support/context.ts';
import { makeContact, makeTenant } from '#test/support/factories.ts';
import { runOutbox } from '#test/support/outbox.ts';
import { ctx, equip, scope, surveyId, workspace } from '#test/support/sender.ts';

equip();

const tokenIn = (mail: TestContext['mails'][number]) => /\/u\/([\w-]+)>/.exec(mail.headers!['List-Unsubscribe']!)![1]!;
const ask = async () => {
	await makeContact(ctx, workspace.id, { email: 'ann@customers.lk', language: 'si' });
	const audience = { kind: 'all' } as const;
	await sendings.create(ctx, scope, workspace, { surveyId, audience, sendAt: null, submissionKey: 'a' });
	await runOutbox(ctx);
	return tokenIn(ctx.mails[0]!);
};
const preview = () => sendings.preview(ctx, workspace, { kind: 'all' });

describe('the unsubscribe link', () => {
	test('says whose mails it is about, in their language, and opening it changes nothing', async () => {
		const token = await ask();
		for (let times = 0; times < 3; times++)
			expect(await unsubscribes.find(ctx, token)).toMatchObject({
				address: 'ann@customers.lk',
				language: 'si',
				isUnsubscribed: false,
				head: { company: 'Corner Shop', note: null },
			});
	});

	test('ends all surveys of the workspace, once however often it is pressed, and takes it back', async () => {
		const token = await ask();
		const first = ctx.clock();
		await unsubscribes.unsubscribe(ctx, await unsubscribes.find(ctx, token));
		ctx.pass(60_000);
		await unsubscribes.unsubscribe(ctx, await unsubscribes.find(ctx, token));
		const row = await ctx.rows.contacts.findOne({ workspaceId: workspace.id }).lean();
		expect(row!.unsubscribedAt).toEqual(first);
		expect((await preview()).leftOut.unsubscribed).toBe(1);
		expect((await unsubscribes.find(ctx, token)).isUnsubscribed).toBe(true);
		await unsubscribes.subscribe(ctx, await unsubscribes.find(ctx, token));
		expect((await preview()).leftOut).toMatchObject({ unsubscribed: 0, askedLately: 1 });
	});

	test('works for the own workspace only, also for the same person elsewhere', async () => {
		const token = await ask();
		const other = await makeTenant(ctx);
		await makeContact(ctx, other.workspace.id, { email: 'ann@customers.lk' });
		await unsubscribes.unsubscribe(ctx, await unsubscribes.find(ctx, token));
		expect((await sendings.preview(ctx, other.workspace, { kind: 'all' })).asked).toBe(1);
	});

	test('of a test send changes nobody', async () => {
		const user = { id: scope.userId, email: 'mia@shop.lk', name: 'Mia' } as User;
		await makeContact(ctx, workspace.id, { email: 'mia@shop.lk' });
		const delivery = await sendTest(ctx, scope, workspace, user, { surveyId, language: 'ar' });
		expect(delivery.outcome).toBe('sent');
		expect(ctx.mails[0]).toMatchObject({ to: 'mia@shop.lk', subject: expect.stringContaining('اختبار') });
		const found = await unsubscribes.find(ctx, tokenIn(ctx.mails[0]!));
		expect(found.head.note).toBe('test');
		await unsubscribes.unsubscribe(ctx, found);
		expect(await preview()).toMatchObject({ asked: 1, leftOut: { unsubscribed: 0 } });
	});

	test('that was altered, or is of another kind, is not found', async () => {
		const token = await ask();
		const altered = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
		const open = tokenFor(ctx.secret, { kind: 'open', workspaceId: workspace.id, id: surveyId });
		for (const wrong of [altered, open, '', 'x'.repeat(55), `${token}A`])
			await expect(unsubscribes.find(ctx, wrong)).rejects.toMatchObject({ name: 'NotFound' });
	});
});
