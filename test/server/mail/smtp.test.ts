import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Mailer, OutgoingMail } from '#lib/server/mail/mailer.ts';
import { smtpMailer } from '#lib/server/mail/smtp.ts';
import { openSmtp, reply, type Smtp } from '#test/support/smtp.ts';

const mail: OutgoingMail = {
	to: 'ann@customers.lk',
	subject: 'How did we do? ආයුබෝවන්',
	html: '<p>Hello</p>',
	text: 'Hello',
	kind: 'survey',
	workspaceId: 'a'.repeat(24),
};

const open: { smtp: Smtp[]; mailers: Mailer[]; sockets: Server[] } = { smtp: [], mailers: [], sockets: [] };
const serve = async (...hooks: Parameters<typeof openSmtp>) => {
	const smtp = await openSmtp(...hooks);
	open.smtp.push(smtp);
	return smtp;
};
const mailerFor = (url: string) => {
	const mailer = smtpMailer({ url, from: 'Heed <feedback@shop.lk>' });
	open.mailers.push(mailer);
	return mailer;
};

afterEach(async () => {
	for (const mailer of open.mailers.splice(0)) await mailer.close();
	for (const smtp of open.smtp.splice(0)) await smtp.close();
	for (const socket of open.sockets.splice(0)) socket.close();
});

describe('a mail that is taken', () => {
	test('keeps its Message-ID and headers, and names the workspace as sender', async () => {
		const smtp = await serve();
		const delivery = await mailerFor(smtp.url).send({
			...mail,
			messageId: '<abc@shop.lk>',
			fromName: 'Café "Ana", Colombo',
			replyTo: 'ann@customers.lk',
			headers: {
				'List-Unsubscribe': `<https://heed.test/u/${'x'.repeat(55)}>`,
				'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
			},
		});
		expect(delivery).toMatchObject({
			outcome: 'sent',
			messageId: '<abc@shop.lk>',
			reply: expect.stringMatching(/^250/),
		});
		const { source } = smtp.received[0]!;
		expect(source).toMatch(/^Message-ID: <abc@shop.lk>\r$/im);
		expect(source.replace(/\r\n /g, ' ').replace(/ +/g, ' ')).toContain(
			`List-Unsubscribe: <https://heed.test/u/${'x'.repeat(55)}>`,
		);
		expect(source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
		expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
		expect(source).toMatch(/^Reply-To: ann@customers.lk\r$/m);
		expect(source).toMatch(/^From: .*<feedback@shop.lk>\r$/m);
	});

	test('goes to the one address it names, whatever the address tries', async () => {
		const smtp = await serve();
		const delivery = await mailerFor(smtp.url).send({ ...mail, to: 'ann@customers.lk, eve@elsewhere.lk' });
		expect(delivery).toMatchObject({ outcome: 'refused', blames: 'address' });
		expect(smtp.received).toHaveLength(0);
	});

	test('no more than five connections are used', async () => {
		const smtp = await serve();
		const mailer = mailerFor(smtp.url);
		await Promise.all(Array.from({ length: 30 }, () => mailer.send(mail)));
		expect(smtp.received).toHaveLength(30);
		expect(smtp.mostConnections()).toBeLessThanOrEqual(5);
	});
});

describe('what a refusal means', () => {
	const cases: [string, Parameters<typeof openSmtp>[0], object][] = [
		[
			'an unknown user',
			{ onRcpt: () => reply(550, '5.1.1 No such user here') },
			{ outcome: 'refused', blames: 'address' },
		],
		[
			'a refusal without an enhanced code',
			{ onRcpt: () => reply(550, 'Mailbox unavailable') },
			{ outcome: 'refused', blames: 'address' },
		],
		[
			'a policy at the recipient',
			{ onRcpt: () => reply(554, '5.7.1 Relay access denied') },
			{ outcome: 'refused', blames: 'message' },
		],
		['greylisting', { onRcpt: () => reply(450, '4.7.1 Try again later') }, { outcome: 'later' }],
		[
			'a refused message',
			{ onMessage: () => reply(554, '5.7.1 Looks like spam') },
			{ outcome: 'refused', blames: 'message' },
		],
		[
			'a user unknown said late',
			{ onMessage: () => reply(550, '5.1.1 No such user') },
			{ outcome: 'refused', blames: 'address' },
		],
		['a full disk at the server', { onMessage: () => reply(452, '4.3.1 Out of space') }, { outcome: 'later' }],
		['a refused sender', { onMail: () => reply(553, '5.7.1 Sender not yours') }, { outcome: 'down' }],
		['a server going away', { onRcpt: () => reply(421, '4.3.2 Shutting down') }, { outcome: 'down' }],
	];
	test.each(cases)('%s', async (_, hooks, expected) => {
		const smtp = await serve(hooks);
		const delivery = await mailerFor(smtp.url).send(mail);
		expect(delivery).toMatchObject(expected);
		expect(delivery.reply).toMatch(/^[45]\d\d /);
	});

	test('the connection serves the next mail after a refusal', async () => {
		const smtp = await serve({
			onRcpt: (address) => (address.startsWith('gone') ? reply(550, '5.1.1 Gone') : undefined),
		});
		const mailer = mailerFor(smtp.url);
		for (const to of ['gone@customers.lk', 'ann@customers.lk', 'gone@customers.lk', 'bob@customers.lk'])
			await mailer.send({ ...mail, to });
		expect(smtp.received.map(({ to }) => to)).toEqual(['ann@customers.lk', 'bob@customers.lk']);
		// The next mail need not wait until the first connection is reset.
		expect(smtp.mostConnections()).toBeLessThanOrEqual(2);
	});
});

describe('no server to be had', () => {
	test('nobody listens', async () => {
		const smtp = await serve();
		await smtp.close();
		expect(await mailerFor(smtp.url).send(mail)).toMatchObject({
			outcome: 'down',
			reply: expect.stringContaining('ECONNREFUSED'),
		});
	});

	test('the password is wrong', async () => {
		const smtp = await serve({
			options: {
				authOptional: false,
				allowInsecureAuth: true,
				onAuth: (_auth, _session, done) => done(reply(535, '5.7.8 Wrong password')),
			},
		});
		const url = smtp.url.replace('//', '//user:hunter2@');
		const delivery = await mailerFor(url).send(mail);
		expect(delivery).toMatchObject({ outcome: 'down', reply: expect.stringContaining('Wrong password') });
		expect(delivery.reply).not.toContain('hunter2');
		const check = await mailerFor(url).check();
		expect(check).toMatchObject({ ok: false, reply: expect.stringContaining('Wrong password') });
	});

	test('the connection breaks inside a message', async () => {
		const breaking = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.write('220 hello\r\n');
			socket.on('data', (chunk) => {
				const line = chunk.toString();
				if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write('250 fine\r\n');
				else if (line.startsWith('DATA')) socket.write('354 go on\r\n');
				else socket.destroy();
			});
		});
		open.sockets.push(breaking);
		await new Promise<void>((done) => breaking.listen(0, '127.0.0.1', done));
		const { port } = breaking.address() as { port: number };
		expect(await mailerFor(`smtp://127.0.0.1:${port}`).send(mail)).toMatchObject({ outcome: 'down' });
	});

	test('the check says so when all is well', async () => {
		const smtp = await serve();
		expect(await mailerFor(smtp.url).check()).toEqual({ ok: true });
	});
});
