// Builds the product when build/ is missing or was made from other sources; the new build replaces the old one whole.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const sources = [
	'src/**/*',
	'emails/**/*',
	'static/**/*',
	'package-lock.json',
	'package.json',
	'svelte.config.js',
	'vite.config.ts',
];
const compiled =
	/^(src[\\/]lib[\\/]messages[\\/](managers[\\/])?(paraglide|project\.inlang[\\/]cache)[\\/]|static[\\/]embed\.js$)/;
const marker = 'made-from.txt';

/** SHA-256 over the names and contents of everything that goes into a build. */
export const fingerprint = async (): Promise<string> => {
	const names: string[] = [];
	for await (const entry of glob(sources, { withFileTypes: true }))
		if (entry.isFile()) names.push(join(entry.parentPath, entry.name));
	const hash = createHash('sha256').update(process.version);
	const root = process.cwd();
	for (const name of names.map((path) => path.replace(`${root}/`, '')).sort())
		if (!compiled.test(name))
			hash
				.update(`${name}\0`)
				.update(await readFile(name))
				.update('\0');
	return hash.digest('hex');
};

/** Why there is no build, in words for whoever started it. */
export class BuildFailed extends Error {
	override name = 'BuildFailed';
}

const run = (command: readonly string[], env: Record<string, string>): Promise<void> =>
	new Promise((resolve, reject) => {
		const child = spawn(process.execPath, command, {
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
		child.on('error', reject);
		child.on('exit', (code) =>
			code === 0
				? resolve()
				: reject(new BuildFailed(`The build failed with ${code}. Its last words:\n${output.slice(-4000)}`)),
		);
	});

const vite = 'node_modules/vite/bin/vite.js';

/** Builds the embed script and the app into `folder`, a new one. Throws with the builder's last words. */
const build = async (folder: string): Promise<void> => {
	if (!existsSync(vite)) throw new BuildFailed('The tools to build with are missing. Run "npm ci" first');
	await run([vite, 'build', '--config', 'src/embed/vite.config.ts'], {});
	await run([vite, 'build'], { HEED_BUILD_DIR: folder, NODE_ENV: 'production' });
};

/** A build writes beside `folder` and into what npm installed. */
const checkWritable = async (folder: string): Promise<void> => {
	for (const path of [resolve(folder, '..'), resolve('node_modules')])
		await access(path, constants.W_OK).catch(() => {
			throw new BuildFailed(
				`Heed must be built, and ${path} cannot be written. Give this user the right to, or run "npm run build" as a user who may`,
			);
		});
};

/** Removes what builds left that were killed. */
const removeAbandoned = async (folder: string): Promise<void> => {
	for await (const name of glob(`${folder}.{new,old}-*`)) {
		const pid = Number(/-(\d+)$/.exec(name)?.[1]);
		// Of this process there is none yet: in a container every start has the same number.
		if (pid === process.pid || (pid && !isRunning(pid))) await rm(name, { recursive: true, force: true });
	}
};

const isRunning = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch (problem) {
		return (problem as NodeJS.ErrnoException).code === 'EPERM';
	}
};

const markerOf = async (folder: string): Promise<string | null> =>
	readFile(join(folder, marker), 'utf8').catch(() => null);

/** Makes sure that `build/` was made from the sources as they are. Returns whether it had to build. */
export const ensureBuilt = async (say: (line: string) => void, folder = 'build'): Promise<boolean> => {
	await removeAbandoned(folder);
	const wanted = await fingerprint();
	if ((await markerOf(folder)) === wanted) return false;
	await checkWritable(folder);
	say('Building (about half a minute, only when the sources are new) …');
	const fresh = `${folder}.new-${process.pid}`;
	const old = `${folder}.old-${process.pid}`;
	try {
		await build(fresh);
		await mkdir(fresh, { recursive: true });
		await writeFile(join(fresh, marker), wanted);
		if (existsSync(folder)) await rename(folder, old);
		await rename(fresh, folder);
	} finally {
		await Promise.all([fresh, old].map((path) => rm(path, { recursive: true, force: true })));
	}
	return true;
};
