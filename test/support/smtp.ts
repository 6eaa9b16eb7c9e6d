// A real SMTP server on this machine that can be told to refuse, to stall, or to be away.
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type Received = { messageId: string; to: string; source: string };

export type Smtp = {
	/** For SMTP_URL. */
	url: string;
	port: number;
	received: Received[];
	/** How often each Message-ID was accepted. */
	timesById(): Map<string, number>;
	/** How many connections were open at once at most. */
	mostConnections(): number;
	close(): Promise<void>;
};

/** A reply with a code, such as `reply(550, '5.1.1 No such user')`, for `hooks`. */
export const reply = (responseCode: number, message: string): Error =>
	Object.assign(new Error(message), { responseCode });

type Hooks = {
	/** What to say to a recipient, a sender or a message; nothing means yes. */
	onRcpt?: (address: string) => Error | void;
	onMail?: () => Error | void;
	onMessage?: (message: Received) => Error | void | Promise<Error | void>;
	options?: SMTPServerOptions;
	port?: number;
};

export const openSmtp = async (hooks: Hooks = {}): Promise<Smtp> => {
	const received: Received[] = [];
	let connections = 0;
	let most = 0;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		disableReverseLookup: true,
		onConnect(_session, done) {
			most = Math.max(most, ++connections);
			done();
		},
		onClose() {
			connections--;
		},
		onMailFrom(_address, _session, done) {
			done(hooks.onMail?.() ?? undefined);
		},
		onRcptTo({ address }, _session, done) {
			done(hooks.onRcpt?.(address) ?? undefined);
		},
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', async () => {
				const source = Buffer.concat(chunks).toString('utf8');
				const messageId = /^message-id:\s*(\S+)/im.exec(source)?.[1] ?? '';
				const message = { messageId, to: session.envelope.rcptTo[0]!.address, source };
				const refusal = await hooks.onMessage?.(message);
				if (!refusal) received.push(message);
				done(refusal ?? undefined);
			});
		},
		...hooks.options,
	});
	server.on('error', () => undefined);
	await new Promise<void>((done) => server.listen(hooks.port ?? 0, '127.0.0.1', done));
	const { port } = server.server.address() as AddressInfo;
	return {
		url: `smtp://127.0.0.1:${port}`,
		port,
		received,
		timesById() {
			const times = new Map<string, number>();
			for (const { messageId } of received) times.set(messageId, (times.get(messageId) ?? 0) + 1);
			return times;
		},
		mostConnections: () => most,
		close: () => new Promise((done) => server.close(() => done())),
	};
};
