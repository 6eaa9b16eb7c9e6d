import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { setUp, setupCodeOf } from './support/asking.ts';
import { freePort, startProduct } from './support/product.ts';

let dataDir: string;
let children: ChildProcess[] = [];
test.beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'heed-start-'));
});
test.afterEach(async () => {
	for (const child of children) {
		child.kill('SIGKILL');
		if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
	}
	children = [];
	rmSync(dataDir, { recursive: true, force: true });
});

const personsPath = (process.env.PATH ?? '')
	.split(delimiter)
	.filter((folder) => !folder.includes('node_modules'))
	.join(delimiter);

/** `npm start` as a person types it. */
const npmStart = (env: Record<string, string>, options: { detached?: boolean } = {}) => {
	const child = spawn('npm', ['start', '--silent'], {
		env: { ...process.env, PATH: personsPath, DATA_DIR: dataDir, ...env },
		...options,
	});
	children.push(child);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
	return { child, output: () => output };
};

const refusal = async (env: Record<string, string>) => {
	const { child, output } = npmStart(env);
	const [code] = await once(child, 'exit');
	expect(code).toBe(1);
	expect(output(), 'a sentence, not a stack').not.toContain('    at ');
	return output();
};

test('says where it listens, on which Node, with which database and where mail goes, and stops cleanly', async () => {
	const port = await freePort();
	const { child, output } = npmStart({ PORT: String(port), LOG_LEVEL: 'warn' });
	await expect.poll(() => output()).toContain('built-in mailbox');
	expect(output()).toContain(`Heed listens on http://localhost:${port}`);
	expect(output()).toMatch(/on Node (2[2-9]|[3-9]\d)\./);
	expect(output()).toContain(join(dataDir, 'heed.db'));
	expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toEqual({
		status: 'ok',
		version: '0.1.0',
		database: 'embedded',
	});
	child.kill('SIGTERM');
	expect(await once(child, 'exit')).toEqual([0, null]);
	expect(readdirSync(dataDir), 'no write-ahead log is left behind').not.toContain('heed.db-wal');
});

test('stops cleanly at Ctrl-C, which the terminal sends to npm and to the product, and npm passes on once more', async () => {
	const { child, output } = npmStart({ PORT: String(await freePort()), LOG_LEVEL: 'warn' }, { detached: true });
	await expect.poll(() => output()).toContain('built-in mailbox');
	const gone = once(child, 'exit');
	process.kill(-child.pid!, 'SIGINT');
	expect(await gone).toEqual([0, null]);
	expect(readdirSync(dataDir).sort(), 'the database was closed').toEqual(['heed.db', 'lock.db', 'secret']);
});

test('starts as ever after a start that was killed at any moment', async () => {
	test.setTimeout(240_000);
	for (const afterMs of [80, 150, 220, 300, 400, 520, 650, 800, 1_000, 1_300, 1_700, 2_500]) {
		const settings = { NODE_ENV: 'production', PORT: String(await freePort()), DATA_DIR: dataDir };
		const child = spawn(process.execPath, ['src/server.ts'], { env: { ...process.env, ...settings } });
		children.push(child);
		await new Promise((done) => setTimeout(done, afterMs));
		child.kill('SIGKILL');
		expect(await once(child, 'exit'), 'it did not end by itself').toEqual([null, 'SIGKILL']);
	}
	const product = await startProduct({ DATA_DIR: dataDir });
	const { status, text } = await setUp(product);
	expect(status, text).toBe(303);
	await product.stop();
});

test('finishes the request under way when it is stopped', async () => {
	const product = await startProduct({ DATA_DIR: dataDir });
	const address = new URL(product.url);
	const body = 'email=mia%40shop.lk&password=wrong';
	const asked = request({
		host: '127.0.0.1',
		port: address.port,
		path: '/sign-in',
		method: 'POST',
		headers: {
			origin: address.origin,
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded',
			'content-length': body.length,
		},
	});
	asked.write(body.slice(0, 5));
	await new Promise((done) => setTimeout(done, 300));
	const stopped = product.stop();
	await new Promise((done) => setTimeout(done, 300));
	asked.end(body.slice(5));
	const [answer] = await once(asked, 'response');
	answer.resume();
	expect(answer.statusCode).toBe(400);
	await stopped;
});

test('names the port that is in use and the way out', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const { port } = other.address() as AddressInfo;
	expect(await refusal({ PORT: String(port) })).toContain(
		`Port ${port} is in use. Stop what uses it, or set another one`,
	);
	expect(readdirSync(dataDir), 'no database was opened, and no mail of its taken up').toEqual([]);
	other.close();
});

test('names the folder that cannot be written', async () => {
	const file = join(dataDir, 'a-file');
	writeFileSync(file, '');
	expect(await refusal({ DATA_DIR: file })).toContain(file);
});

test('names the database file that is none, and the address that is none', async () => {
	writeFileSync(join(dataDir, 'heed.db'), 'no database at all, but long enough to have a header'.repeat(200));
	expect(await refusal({})).toContain(`The database in ${dataDir} cannot be opened: file is not a database`);
	rmSync(join(dataDir, 'heed.db'));
	expect(await refusal({ HOST: 'no address' })).toContain('no address is no address of this machine. Set HOST');
});

test('says that another Heed uses the data', async () => {
	const product = await startProduct({ DATA_DIR: dataDir });
	expect(await refusal({ PORT: String(await freePort()) })).toContain('in use by another running process');
	await product.stop();
});

test('names each wrong setting, hides passwords and says what is allowed', async () => {
	const output = await refusal({
		PORT: '99999',
		SMTP_URL: 'http://mia:hunter2@mail.shop.lk',
		SESSION_DAYS: 'long',
		SECRET: 'tooshort',
	});
	for (const part of [
		'PORT is "99999"',
		'SMTP_URL is "http://mia:****@mail.shop.lk"',
		'smtp:// or smtps://',
		'SESSION_DAYS is "long"',
		'SECRET is "****"',
	])
		expect(output).toContain(part);
	expect(output).not.toContain('hunter2');
	expect(output).not.toContain('tooshort');
});

test('asks for MAIL_FROM with SMTP_URL and for SECRET with MONGODB_URI', async () => {
	const output = await refusal({ SMTP_URL: 'smtp://127.0.0.1:25', MONGODB_URI: 'mongodb://127.0.0.1:1/x' });
	expect(output).toContain('MAIL_FROM is not set');
	expect(output).toContain('SECRET is not set');
});

test('tells an old Node what to do in one sentence', async () => {
	const child = spawn('node', ['--import', './src/require-node.js', 'src/server.ts'], { env: { PATH: personsPath } });
	const exited = once(child, 'exit');
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
	const versionOf = spawn('node', ['-p', 'process.versions.node'], { env: { PATH: personsPath } });
	const [version] = await once(versionOf.stdout, 'data');
	test.skip(Number(String(version).split('.')[0]) >= 22, 'the Node of this machine is not an old one');
	const [code] = await exited;
	expect(code).toBe(1);
	expect(output.trim().split('\n')).toHaveLength(1);
	expect(output).toContain('Heed needs Node 22.18 or newer');
});

test('prints a set-up code where other machines can reach it, and asks for it', async ({ page }) => {
	const product = await startProduct({ HOST: '0.0.0.0', PUBLIC_URL: '' });
	expect(setupCodeOf(product)).toBeTruthy();
	await page.goto(`${product.url}/setup`);
	await expect(page.getByLabel(/code/i)).toBeVisible();
	await product.stop();
});
