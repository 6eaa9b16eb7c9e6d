// Starts the built product as a person would, with a data folder and a mail server of its own, and stops it again.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Product = {
	/** Where a browser reaches it. */
	url: string;
	/** Where Node reaches it, whatever PUBLIC_URL says. */
	address: string;
	dataDir: string;
	/** What it was started with, for commands beside it. */
	settings: Record<string, string>;
	/** Everything it printed so far. */
	output(): string;
	stop(): Promise<void>;
	/** Ends it as a power cut would; the data folder stays. */
	kill(): Promise<void>;
};

/** A port that is free now. */
export const freePort = async (): Promise<number> => {
	const probe = createServer().listen(0, '127.0.0.1');
	await new Promise((done) => probe.once('listening', done));
	const { port } = probe.address() as AddressInfo;
	await new Promise((done) => probe.close(done));
	return port;
};

/** A name for this machine that is no loopback address to the product; the tests' Chromium resolves it here. */
export const hostName = 'heed.test';

const ended = (child: ChildProcess) =>
	new Promise<void>((done) =>
		(child.exitCode ?? child.signalCode) === null ? child.once('exit', () => done()) : done(),
	);

/** Starts it and waits until it serves. `env` adds to or replaces the settings. */
export const startProduct = async (env: Record<string, string> = {}): Promise<Product> => {
	const port = await freePort();
	const dataDir = env.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'heed-e2e-')));
	const url = env.PUBLIC_URL || (env.PUBLIC_URL === '' ? `http://localhost:${port}` : `http://${hostName}:${port}`);
	const settings = { LOG_LEVEL: 'warn', PORT: String(port), PUBLIC_URL: url, DATA_DIR: dataDir, ...env };
	const child = spawn(process.execPath, ['--import', './src/require-node.js', 'src/server.ts'], {
		env: { ...process.env, NODE_ENV: 'production', ...settings },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (output += chunk));
	const deadline = Date.now() + 60_000;
	while (
		!(await fetch(`http://127.0.0.1:${port}/healthz`).then(
			(answer) => answer.ok,
			() => false,
		))
	) {
		if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The product did not start:\n${output}`);
		await new Promise((done) => setTimeout(done, 100));
	}
	return {
		url,
		address: `http://127.0.0.1:${port}`,
		dataDir,
		settings,
		output: () => output,
		stop: async () => {
			child.kill('SIGTERM');
			await ended(child);
			if (!env.DATA_DIR) await rm(dataDir, { recursive: true, force: true });
		},
		kill: async () => {
			child.kill('SIGKILL');
			await ended(child);
		},
	};
};
