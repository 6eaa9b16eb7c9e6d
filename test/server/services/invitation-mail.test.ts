import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Definition } from '#lib/domain/survey/definition.ts';
import * as invitationMail from '#lib/server/services/invitation-mail.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { definition } from '#test/support/factories.ts';

let ctx: TestContext;
beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());

const workspace = { id: 'a'.repeat(24), name: 'Corner Shop' };
const invitation = {
	id: 'b'.repeat(24),
	workspaceId: workspace.id,
	surveyId: 'c'.repeat(24),
	address: 'ana@shop.am',
	isTest: false,
};
const write = (given: Partial<Definition>, person?: invitationMail.Question['person']) =>
	invitationMail.write(ctx, invitation, {
		definition: definition(given),
		workspace,
		language: 'en',
		...(person && { person }),
	});

it('goes out under the name and reply address of the survey, else of the workspace', async () => {
	const own = await write({ sender: { name: 'Mia from support', replyTo: 'mia@shop.lk' } });
	expect(own).toMatchObject({ fromName: 'Mia from support', replyTo: 'mia@shop.lk' });
	const plain = await write({});
	expect(plain.fromName).toBe('Corner Shop');
	expect(plain).not.toHaveProperty('replyTo');
});

it('says each person’s words in subject and question, from one layout', async () => {
	const texts = { en: { subject: '{first name}, a question', question: 'How was {order number|your order}?' } };
	const ana = await write({ texts }, { name: 'Ana Silva', properties: [{ key: 'Order number', value: '<A-17>' }] });
	expect(ana.subject).toBe('Ana, a question');
	expect(ana.html).toContain('How was &lt;A-17&gt;?');
	expect(ana.text).toContain('How was <A-17>?');
	const somebody = await write({ texts }, { name: '', properties: [] });
	expect(somebody.subject).toBe('A question');
	expect(somebody.text).toContain('How was your order?');
});

it.each([
	['feedback@shop.lk', 'shop.lk'],
	['Corner Shop <feedback@shop.lk>', 'shop.lk'],
	['"Mia @home" <feedback@shop.lk>', 'shop.lk'],
	[undefined, 'heed.test'],
])('has a Message-ID under the domain it comes from, with %s', (MAIL_FROM, domain) =>
	expect(invitationMail.messageIdFor({ ...ctx, config: { ...ctx.config, MAIL_FROM } }, 'b'.repeat(24))).toBe(
		`<${'b'.repeat(24)}@${domain}>`,
	),
);
