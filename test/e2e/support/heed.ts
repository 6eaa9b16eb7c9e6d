// Runs a command beside the running product, as a person would in a second terminal.
import { spawn } from 'node:child_process';
import type { Product } from './product.ts';

/** What the command printed. Throws when it fails. */
export const heed = (product: Product, words: string[], input = ''): Promise<string> =>
	new Promise((done, fail) => {
		const child = spawn(process.execPath, ['--import', './src/require-node.js', 'src/cli.ts', ...words], {
			env: { ...process.env, DATA_DIR: product.dataDir, PUBLIC_URL: product.url },
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
		child.on('exit', (code) => (code === 0 ? done(output.trim()) : fail(new Error(output))));
		child.stdin.end(input);
	});
