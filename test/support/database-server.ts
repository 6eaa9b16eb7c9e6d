// The engine in a process of its own, as a MongoDB server is to the product: it can be killed and started again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export type DatabaseServer = { uri: string; stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void> };

export const startServer = async (dataDir: string): Promise<DatabaseServer> => {
	const child = spawn(
		process.execPath,
		['--import', './src/require-node.js', 'test/server/embedded/serve.ts', dataDir],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	const [line] = (await Promise.race([
		once(child.stdout, 'data'),
		once(child, 'exit').then(() => Promise.reject(new Error('The database server did not start'))),
	])) as [Buffer];
	return {
		uri: String(line).trim(),
		async stop(signal = 'SIGTERM') {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const gone = once(child, 'exit');
			child.kill(signal);
			await gone;
		},
	};
};
