import { describe, expect, test } from 'vitest';
import { leftOutReasons, rulesAt, whyLeftOut } from '#lib/domain/contact/asking.ts';
import type { Audience } from '#lib/domain/sending/sending.ts';
import * as audiences from '#lib/server/db/audiences.ts';
import { whyNotSend } from '#lib/server/services/mail-settings.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import { testContext } from '#test/support/context.ts';
import { makeContact, makeSurvey, makeTenant } from '#test/support/factories.ts';
import { prepareAll, runOutbox, sendAll } from '#test/support/outbox.ts';
import { ctx, equip, scope, surveyId, workspace } from '#test/support/sender.ts';

const day = 86_400_000;
const all: Audience = { kind: 'all' };
equip();

let keys = 0;
const send = (given: { audience?: Audience; sendAt?: Date | null; key?: string; surveyId?: string } = {}) =>
	sendings.create(ctx, scope, workspace, {
		surveyId: given.surveyId ?? surveyId,
		audience: given.audience ?? all,
		sendAt: given.sendAt ?? null,
		submissionKey: given.key ?? `form-${++keys}`,
	});
const numbers = async (sendingId: string) => (await sendings.view(ctx, scope, sendingId)).counts;
const statusOf = async (sendingId: string) => (await sendings.byId(ctx, scope, sendingId)).status;
const mailed = () => ctx.mails.map(({ to }) => to).sort();

describe('the preview', () => {
	test.each([true, false])('counts by the same rule that the sending goes by (for real: %s)', async (isForReal) => {
		const now = ctx.clock();
		const ago = (days: number) => new Date(now.getTime() - days * day);
		const kinds = [null, ago(1)];
		let made = 0;
		for (const isSample of [false, true])
			for (const unsubscribedAt of kinds)
				for (const bouncedAt of kinds)
					for (const lastAskedAt of [null, ago(2), ago(30), ago(40)])
						for (const domain of ['customers.lk', 'shop.example.com'])
							await makeContact(ctx, workspace.id, {
								email: `p${++made}@${domain}`,
								isSample,
								unsubscribedAt,
								bouncedAt,
								lastAskedAt,
								properties: [{ key: 'plan', value: made % 3 ? 'pro' : 'free' }],
							});
		await makeContact(ctx, workspace.id, { deletedAt: now });
		for (const audience of [all, { kind: 'property', key: 'plan', value: 'pro' } as const]) {
			const rules = rulesAt(now, workspace.quietDays, isForReal);
			const everybody = await audiences.batch(ctx.db, workspace.id, audience, { after: null, limit: 1_000 });
			const reasons = everybody.map((person) => whyLeftOut(person, rules));
			const expected = {
				asked: reasons.filter((reason) => reason === null).length,
				leftOut: Object.fromEntries(leftOutReasons.map((one) => [one, reasons.filter((why) => why === one).length])),
			};
			expect(everybody.length).toBe(audience.kind === 'all' ? 64 : 43);
			expect(await audiences.count(ctx.db, workspace.id, audience, rules)).toEqual(expected);
			for (const which of ['asked', ...leftOutReasons] as const) {
				const listed = await audiences.page(ctx.db, workspace.id, audience, rules, which, { after: null, limit: 100 });
				const own = everybody.filter((_, index) => reasons[index] === (which === 'asked' ? null : which));
				expect(listed.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
			}
		}
	});

	test('is of the own workspace only, also by property', async () => {
		const other = await makeTenant(ctx);
		await makeContact(ctx, other.workspace.id, { properties: [{ key: 'plan', value: 'pro' }] });
		const none = { sample: 0, unsubscribed: 0, refused: 0, askedLately: 0 };
		expect(await sendings.preview(ctx, workspace, all)).toEqual({ asked: 0, leftOut: none });
		const pro: Audience = { kind: 'property', key: 'plan', value: 'pro' };
		expect(await sendings.preview(ctx, workspace, pro)).toEqual({ asked: 0, leftOut: none });
	});

	test('a property needs key and value in the same pair', async () => {
		await makeContact(ctx, workspace.id, {
			properties: [
				{ key: 'plan', value: 'free' },
				{ key: 'past plan', value: 'pro' },
			],
		});
		expect((await sendings.preview(ctx, workspace, { kind: 'property', key: 'plan', value: 'pro' })).asked).toBe(0);
	});

	test('takes names that would be operators as the text they are', async () => {
		for (const key of ['__proto__', '$where', 'a.b'])
			await makeContact(ctx, workspace.id, { properties: [{ key, value: '$ne' }] });
		for (const key of ['__proto__', '$where', 'a.b'])
			expect((await sendings.preview(ctx, workspace, { kind: 'property', key, value: '$ne' })).asked).toBe(1);
	});
});

describe('sending', () => {
	test('asks each person once and says so in numbers', async () => {
		for (const name of ['ann', 'bob', 'eve']) await makeContact(ctx, workspace.id, { email: `${name}@customers.lk` });
		await makeContact(ctx, workspace.id, { unsubscribedAt: ctx.clock() });
		const { id } = await send();
		await runOutbox(ctx);
		expect(mailed()).toEqual(['ann@customers.lk', 'bob@customers.lk', 'eve@customers.lk']);
		expect(await numbers(id)).toMatchObject({ sent: 3, scheduled: 0, refused: 0, answered: 0 });
		expect(await sendings.byId(ctx, scope, id)).toMatchObject({
			status: 'done',
			invited: 3,
			leftOut: { unsubscribed: 1, sample: 0, refused: 0, askedLately: 0 },
		});
	});

	test('writes a mail with its own links, one-click unsubscribe and a Message-ID of the invitation', async () => {
		await makeContact(ctx, workspace.id, { email: 'ann@customers.lk' });
		const { id } = await send();
		await runOutbox(ctx);
		const [mail] = ctx.mails;
		const [line] = await sendings.lines(ctx, scope, id, 'sent', { after: null, limit: 9 });
		expect(mail).toMatchObject({ fromName: 'Corner Shop', messageId: `<${line!.id}@heed.test>`, kind: 'survey' });
		const unsubscribe = mail!.headers!['List-Unsubscribe']!;
		expect(unsubscribe).toMatch(/^<https:\/\/heed\.test\/u\/[\w-]{55}>$/);
		expect(mail!.headers!['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
		const token = unsubscribe.slice(1, -1).split('/').at(-1)!;
		for (let score = 0; score <= 10; score++) {
			expect(mail!.html).toContain(`https://heed.test/s/${token}?score=${score}"`);
			expect(mail!.text).toContain(`https://heed.test/s/${token}?score=${score}\n`);
		}
		expect(mail!.html).toContain(`https://heed.test/u/${token}`);
	});

	test("speaks to each in their language, else in the survey's", async () => {
		const survey = await makeSurvey(ctx, workspace.id, { definition: { language: 'hy' } });
		await makeContact(ctx, workspace.id, { email: 'a@customers.lk', language: 'ar' });
		await makeContact(ctx, workspace.id, { email: 'b@customers.lk', language: null });
		await send({ surveyId: survey });
		await runOutbox(ctx);
		const html = Object.fromEntries(ctx.mails.map((mail) => [mail.to, mail.html]));
		expect(html['a@customers.lk']).toContain('lang="ar"');
		expect(html['b@customers.lk']).toContain('lang="hy"');
	});

	test('pressing send twice sends once', async () => {
		await makeContact(ctx, workspace.id);
		const [first, second] = await Promise.all([send({ key: 'same' }), send({ key: 'same' })]);
		expect(second!.id).toBe(first!.id);
		await runOutbox(ctx);
		expect(ctx.mails).toHaveLength(1);
	});

	test('pressing send again when everybody has been asked, or the survey has closed, leads to the same sending', async () => {
		await makeContact(ctx, workspace.id);
		const { id } = await send({ key: 'late' });
		await runOutbox(ctx);
		expect((await send({ key: 'late' })).id).toBe(id);
		await surveys.close(ctx, scope, surveyId);
		expect((await send({ key: 'late' })).id).toBe(id);
		expect(ctx.mails).toHaveLength(1);
	});

	test('the quiet period holds over all surveys of the workspace, and ends', async () => {
		await makeContact(ctx, workspace.id);
		const other = await makeSurvey(ctx, workspace.id);
		await send();
		await runOutbox(ctx);
		expect(await sendings.preview(ctx, workspace, all)).toMatchObject({ asked: 0, leftOut: { askedLately: 1 } });
		await expect(send({ surveyId: other })).rejects.toThrow('Nobody would get this');
		ctx.pass(30 * day);
		await send({ surveyId: other });
		await runOutbox(ctx);
		expect(ctx.mails).toHaveLength(2);
	});

	test('two sendings prepared at once by two workers ask nobody twice', async () => {
		for (let n = 0; n < 120; n++) await makeContact(ctx, workspace.id, { email: `p${n}@customers.lk` });
		const other = await makeSurvey(ctx, workspace.id);
		const [one, two] = [await send(), await send({ surveyId: other })];
		await Promise.all([prepareAll(ctx), prepareAll(ctx), prepareAll(ctx)]);
		await Promise.all([sendAll(ctx), sendAll(ctx), sendAll(ctx)]);
		await prepareAll(ctx);
		expect(ctx.mails).toHaveLength(120);
		expect(new Set(mailed()).size).toBe(120);
		const invited = [one, two].map(({ id }) => sendings.byId(ctx, scope, id));
		expect((await Promise.all(invited)).reduce((sum, sending) => sum + sending.invited, 0)).toBe(120);
		expect((await numbers(one.id)).sent + (await numbers(two.id)).sent).toBe(120);
	});

	test('waits for its time, in the right minute', async () => {
		await makeContact(ctx, workspace.id);
		const { id } = await send({ sendAt: new Date(ctx.clock().getTime() + 3_600_000) });
		await runOutbox(ctx);
		expect(await statusOf(id)).toBe('scheduled');
		ctx.pass(3_599_000);
		await runOutbox(ctx);
		expect(ctx.mails).toHaveLength(0);
		ctx.pass(1_000);
		await runOutbox(ctx);
		expect(ctx.mails).toHaveLength(1);
	});

	test('refuses a time that has passed, a survey that is not live, and a sample', async () => {
		await makeContact(ctx, workspace.id);
		await expect(send({ sendAt: new Date(ctx.clock().getTime() - 1) })).rejects.toThrow('has passed');
		const draft = await makeSurvey(ctx, workspace.id, { status: 'draft' });
		await expect(send({ surveyId: draft })).rejects.toThrow('takes no answers');
		const sample = await makeSurvey(ctx, workspace.id, { isSample: true });
		await expect(send({ surveyId: sample })).rejects.toThrow('sample survey');
		const stranger = await makeTenant(ctx);
		const theirs = await makeSurvey(ctx, stranger.workspace.id);
		await expect(send({ surveyId: theirs })).rejects.toThrow('Choose a survey');
	});

	test('who unsubscribes between preparing and sending is not sent to', async () => {
		const contactId = await makeContact(ctx, workspace.id);
		const { id } = await send();
		await prepareAll(ctx);
		await ctx.rows.contacts.updateOne({ _id: contactId, workspaceId: workspace.id }, { unsubscribedAt: ctx.clock() });
		await sendAll(ctx);
		expect(ctx.mails).toHaveLength(0);
		expect(await numbers(id)).toMatchObject({ sent: 0, cancelled: 1 });
		const [line] = await sendings.lines(ctx, scope, id, 'unsent', { after: null, limit: 1 });
		expect(line!.lastReply).toEqual({ is: 'unsubscribed' });
	});

	test('a paused survey holds the rest, and goes on when it is live again', async () => {
		for (let n = 0; n < 5; n++) await makeContact(ctx, workspace.id);
		const { id } = await send();
		await prepareAll(ctx);
		await surveys.pause(ctx, scope, surveyId);
		await sendAll(ctx);
		await prepareAll(ctx);
		expect(ctx.mails).toHaveLength(0);
		expect(await statusOf(id)).toBe('held');
		expect(await numbers(id)).toMatchObject({ held: 5, scheduled: 0 });
		await surveys.resume(ctx, scope, surveyId);
		await runOutbox(ctx);
		expect(ctx.mails).toHaveLength(5);
		expect(await statusOf(id)).toBe('done');
	});

	test('what came back to a held sending is held too', async () => {
		await makeContact(ctx, workspace.id);
		const { id } = await send();
		await prepareAll(ctx);
		await surveys.pause(ctx, scope, surveyId);
		await prepareAll(ctx);
		await ctx.rows.invitations.updateMany({ workspaceId: workspace.id }, { status: 'scheduled' });
		await prepareAll(ctx);
		expect(await numbers(id)).toMatchObject({ held: 1 });
	});
});

describe('stopping a sending', () => {
	const sendFive = async () => {
		for (let n = 0; n < 5; n++) await makeContact(ctx, workspace.id);
		const { id } = await send();
		await prepareAll(ctx);
		return id;
	};

	test('asks nobody more, and frees those it did not ask for others', async () => {
		const id = await sendFive();
		await sendings.cancel(ctx, scope, id);
		await runOutbox(ctx);
		expect(ctx.mails).toHaveLength(0);
		expect(await numbers(id)).toMatchObject({ cancelled: 5 });
		expect((await sendings.preview(ctx, workspace, all)).leftOut.askedLately).toBe(5);
		ctx.pass(60_000);
		await ctx.runDueJobs();
		expect((await sendings.preview(ctx, workspace, all)).asked).toBe(5);
	});

	test('leaves those who were asked as asked', async () => {
		const id = await sendFive();
		const { sendNext } = await import('#lib/server/services/outbox.ts');
		await sendNext(ctx, workspace.id);
		await sendings.cancel(ctx, scope, id);
		ctx.pass(60_000);
		await ctx.runDueJobs();
		expect(await sendings.preview(ctx, workspace, all)).toMatchObject({ asked: 4, leftOut: { askedLately: 1 } });
		expect(await numbers(id)).toMatchObject({ sent: 1, cancelled: 4 });
	});

	test('can be undone for 30 seconds, and then everybody is asked', async () => {
		const id = await sendFive();
		await sendings.cancel(ctx, scope, id);
		ctx.pass(29_000);
		await sendings.undoCancel(ctx, scope, id);
		await runOutbox(ctx);
		expect(ctx.mails).toHaveLength(5);
		expect(await statusOf(id)).toBe('done');
		ctx.pass(60_000);
		await ctx.runDueJobs();
		expect((await sendings.preview(ctx, workspace, all)).leftOut.askedLately).toBe(5);
	});

	test('cannot be undone later', async () => {
		const id = await sendFive();
		await sendings.cancel(ctx, scope, id);
		ctx.pass(31_000);
		await expect(sendings.undoCancel(ctx, scope, id)).rejects.toThrow('too long ago');
	});

	test('of a stranger is not found', async () => {
		const id = await sendFive();
		const stranger = await makeTenant(ctx);
		await expect(sendings.cancel(ctx, stranger.scope, id)).rejects.toThrow('no such sending');
		await expect(sendings.view(ctx, stranger.scope, id)).rejects.toThrow('no such sending');
		expect(await sendings.lines(ctx, stranger.scope, id, 'waiting', { after: null, limit: 9 })).toEqual([]);
	});
});

describe('where nothing can be sent to others', () => {
	test.each(['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000', 'http://heed.localhost'])(
		'mail for real with links to %s is refused, saying why',
		async (PUBLIC_URL) => {
			const env = { PUBLIC_URL, SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@shop.lk' };
			const local = await testContext({ env, db: ctx.db });
			await makeContact(local, workspace.id);
			const wish = { surveyId, audience: all, sendAt: null, submissionKey: 'local' };
			await expect(sendings.create(local, scope, workspace, wish)).rejects.toThrow('Set PUBLIC_URL');
			await local.close();
		},
	);

	test('what was scheduled before is held, and goes out once the address is right', async () => {
		await makeContact(ctx, workspace.id);
		const { id } = await send();
		await prepareAll(ctx);
		const env = { PUBLIC_URL: 'http://localhost:3000', SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@shop.lk' };
		const local = await testContext({ env, db: ctx.db, now: ctx.clock() });
		await sendAll(local);
		await prepareAll(local);
		expect(local.mails).toHaveLength(0);
		expect(await statusOf(id)).toBe('held');
		await local.close();
		await runOutbox(ctx);
		expect(ctx.mails.filter(({ workspaceId }) => workspaceId === workspace.id)).toHaveLength(1);
	});

	test('the built-in mailbox may have links to this machine', async () => {
		const local = await testContext({ env: { PUBLIC_URL: 'http://localhost:3000' }, db: ctx.db });
		expect(whyNotSend(local)).toBeNull();
	});
});
