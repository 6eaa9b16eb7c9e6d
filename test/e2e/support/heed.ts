// Runs a command beside the running product, as a person would in a second terminal.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Product } from './product.ts';

const start = ({ settings }: Product, words: string[]) =>
	spawn(process.execPath, ['--import', './src/require-node.js', 'src/cli.ts', ...words], {
		env: { ...process.env, ...settings },
	});

/** `heed work`, until it is stopped: a second process that sends mail and runs jobs. */
export const startWorker = async (product: Product): Promise<{ stop(): Promise<void> }> => {
	const child = start(product, ['work']);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
	const failed = once(child, 'exit').then(() => Promise.reject(new Error(`The worker ended:\n${output}`)));
	while (!output.includes('Working.')) await Promise.race([once(child.stdout, 'data'), failed]);
	failed.catch(() => {});
	return {
		async stop() {
			const gone = once(child, 'exit');
			child.kill('SIGTERM');
			await gone;
		},
	};
};

/** What the command printed. Throws when it fails. */
export const heed = (product: Product, words: string[], input = ''): Promise<string> =>
	new Promise((done, fail) => {
		const child = start(product, words);
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
		child.on('exit', (code) => (code === 0 ? done(output.trim()) : fail(new Error(output))));
		child.stdin.end(input);
	});
