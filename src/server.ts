// The production entry: checks the settings, builds what is not built, opens the database, serves, and stops cleanly.
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.ts';
import { embedFile } from './embed-file.ts';
import { readConfig, type Config } from './lib/server/config.ts';
import { give, type Handoff } from './lib/server/handoff.ts';
import { openDatabase } from './open-database.ts';
import { responseHeaders } from './response-headers.ts';
import { sentenceFor } from './sentences.ts';
import { makeSetupCode, reachesBeyondThisMachine } from './setup-code.ts';
import { onStopSignal } from './stop-signals.ts';

const say = (line: string) => console.log(line);

/** Kit's handler, made from `build/`. Importing it opens the app through Kit's init hook. */
const loadHandler = async (
	config: Config,
): Promise<(request: IncomingMessage, response: ServerResponse, next: () => void) => void> => {
	Object.assign(process.env, { ORIGIN: config.PUBLIC_URL, BODY_SIZE_LIMIT: 'Infinity', NODE_ENV: 'production' });
	const { handler } = await import(pathToFileURL(resolve('build/handler.js')).href);
	return handler;
};

const listen = (listener: RequestListener, config: Config) => {
	const server = createServer(listener);
	return new Promise<typeof server>((done, fail) => {
		server.once('error', fail);
		server.listen(config.PORT, config.HOST, () => done(server));
	});
};

/** Finds a port in use before anything is built, migrated or sent. */
const checkPort = async (config: Config) => {
	const probe = await listen(() => {}, config);
	const closed = new Promise((done) => probe.close(done));
	probe.closeAllConnections();
	await closed;
};

const describe = (config: Config, port: number, databaseLine: string, handoff: Handoff) => {
	say(`Heed listens on ${config.PUBLIC_URL} (${config.HOST}:${port}), on Node ${process.versions.node}.`);
	say(databaseLine);
	say(
		config.SMTP_URL
			? `Mail goes through ${new URL(config.SMTP_URL).host}.`
			: 'Mail goes to the built-in mailbox: open Mailbox in the menu. Set SMTP_URL to send for real.',
	);
	if (handoff.needsSetup && handoff.setupCode)
		say(`Set-up code, asked for once at the first visit: ${handoff.setupCode}`);
};

const main = async () => {
	if (existsSync('.env')) process.loadEnvFile('.env');
	const config = readConfig(process.env);
	await checkPort(config);
	await ensureBuilt(say);
	const database = await openDatabase(config, say);
	const handoff: Handoff = {
		databaseUri: database.uri,
		databaseKind: database.kind,
		setupCode: reachesBeyondThisMachine(config) ? makeSetupCode() : null,
		needsSetup: false,
		onStop: [],
	};
	give(handoff);
	const handler = await loadHandler(config);
	const compress = compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } });
	const answerEmbed = await embedFile('build/client/embed.js');
	const headers = new Map(Object.entries(responseHeaders(config)));
	const server = await listen((request, response) => {
		response.setHeaders(headers);
		if (answerEmbed(request, response)) return;
		compress(request as never, response as never, () =>
			handler(request, response, () => response.writeHead(404).end()),
		);
	}, config);
	const address = server.address();
	describe(config, typeof address === 'object' && address ? address.port : config.PORT, database.line, handoff);

	const stop = async () => {
		const closed = new Promise((done) => server.close(done));
		server.closeIdleConnections();
		const hurry = setTimeout(() => server.closeAllConnections(), 20_000);
		await closed;
		clearTimeout(hurry);
		for (const step of handoff.onStop) await step();
		await database.stop();
		process.exit(0);
	};
	onStopSignal(() => void stop());
};

main().catch((error: unknown) => {
	console.error(sentenceFor(error));
	process.exit(1);
});
