// How long the built product takes to answer after `npm start`, the first build aside: `node test/bench/start.ts [times]`.
// Beside it, how long a bare Node takes to answer on the same machine at the same moment.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../src/build.ts';
import { freePort } from '../e2e/support/product.ts';

const times = Number(process.argv[2] ?? 7);
const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'));
await ensureBuilt((line) => console.log(line));

/** Seconds from the start of the process to its first answer. */
const timeTo = async (words: string[], path: string): Promise<number> => {
	const port = await freePort();
	const began = performance.now();
	const child = spawn(process.execPath, words, {
		env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	while (
		!(await fetch(`http://127.0.0.1:${port}${path}`).then(
			(answer) => answer.ok,
			() => false,
		))
	)
		await new Promise((done) => setTimeout(done, 5));
	const seconds = (performance.now() - began) / 1000;
	const gone = new Promise((done) => child.once('exit', done));
	child.kill('SIGTERM');
	await gone;
	return seconds;
};

const heed = ['--import', './src/require-node.js', 'src/server.ts'];
const bare = ['-e', 'require("node:http").createServer((_, answer) => answer.end()).listen(process.env.PORT)'];
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

console.log(`first start, with a new database: ${(await timeTo(heed, '/healthz')).toFixed(2)} s`);
const ours: number[] = [];
const bares: number[] = [];
for (let turn = 0; turn < times; turn++) {
	ours.push(await timeTo(heed, '/setup'));
	bares.push(await timeTo(bare, '/'));
}
console.log(
	`second start to the first page: median ${median(ours).toFixed(2)} s, worst ${Math.max(...ours).toFixed(2)} s of ${times}; ` +
		`bare Node ${median(bares).toFixed(2)} s; ratio ${(median(ours) / median(bares)).toFixed(1)}`,
);
rmSync(dataDir, { recursive: true, force: true });
