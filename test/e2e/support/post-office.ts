// A real SMTP server that keeps what it receives, so that tests read mails as a receiver would.
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export type PostOffice = {
	/** For SMTP_URL. */
	url: string;
	received: Email[];
	/** The first mail to this address, waiting up to 20 s for it. */
	mailTo(address: string, subject?: RegExp): Promise<Email>;
	close(): Promise<void>;
};

export const openPostOffice = async (): Promise<PostOffice> => {
	const received: Email[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', async () => {
				received.push(await PostalMime.parse(Buffer.concat(chunks)));
				done();
			});
		},
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.server.address() as AddressInfo;
	return {
		url: `smtp://127.0.0.1:${port}`,
		received,
		async mailTo(address, subject = /./) {
			const deadline = Date.now() + 20_000;
			for (;;) {
				const mail = received.find(
					({ to, subject: line }) => to?.some((one) => one.address === address) && subject.test(line ?? ''),
				);
				if (mail) return mail;
				if (Date.now() > deadline)
					throw new Error(`No mail to ${address} arrived; there are ${received.length} others`);
				await new Promise((done) => setTimeout(done, 100));
			}
		},
		close: () => new Promise((done) => server.close(() => done())),
	};
};

/** Every link of a mail's HTML part, in order. */
export const linksIn = (mail: Email): string[] =>
	[...(mail.html ?? '').matchAll(/href="([^"]+)"/g)].map(([, link]) => link!.replaceAll('&amp;', '&'));
