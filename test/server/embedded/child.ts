// Starts and ends databases that run in another process, as a test sees them from outside.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Child = { uri: string; process: ChildProcess; kill(signal: NodeJS.Signals): Promise<void> };

/** Runs a database of `dataDir` in another process. Throws with what it said when it ends instead of getting ready. */
export async function serveElsewhere(dataDir: string, maxPages?: number): Promise<Child> {
	const script = fileURLToPath(new URL('./serve.ts', import.meta.url));
	const args = ['--import', './src/require-node.js', script, dataDir, ...(maxPages ? [String(maxPages)] : [])];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const ready = once(child.stdout, 'data').then(([chunk]) => String(chunk).trim());
	const ended = once(child, 'exit').then(() => null);
	const uri = await Promise.race([ready, ended]);
	if (!uri) throw new Error(said);
	return {
		uri,
		process: child,
		async kill(signal) {
			child.kill(signal);
			await ended;
		},
	};
}
