// How much memory and time an import of many people takes, in a process of its own, the database's threads included:
// `node --expose-gc --max-semi-space-size=2 --heap-growing-percent=10 test/bench/import.ts [rows] [collect]`, as `npm start`
// runs it: without these two settings V8 grows its heap first and collects later. With `collect` it is made to collect
// every few batches, which shows what an import really holds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#lib/server/config.ts';
import { open } from '#lib/server/app.ts';
import { start } from '#lib/server/embedded/index.ts';
import * as imports from '#lib/server/services/imports.ts';
import * as importRuns from '#lib/server/services/importing/run.ts';
import { makeTenant } from '../support/factories.ts';

const rowCount = Number(process.argv[2] ?? 100_000);
const collects = process.argv[3] === 'collect';
const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(1);

async function* people(count: number, first: number) {
	let text = 'email,name,language,plan,city,since\n';
	for (let at = first; at < first + count; at++) {
		text += `person.${at}@customers.lk,"Person ${at}, of the shop",${at % 2 ? 'en' : 'si'},${at % 3 ? 'free' : 'pro'},Galle,2024-0${1 + (at % 9)}-11\n`;
		if (text.length < 65_536) continue;
		yield Buffer.from(text);
		text = '';
	}
	yield Buffer.from(text);
}

const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'));
const engine = await start({ dataDir });
const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
const { ctx, close } = await open({ config, databaseUri: engine.uri, databaseKind: 'embedded', isWorker: false });
const { scope } = await makeTenant(ctx);

const importPeople = async (count: number, first: number) => {
	const upload = { kind: 'people', fileName: 'people.csv', bytes: people(count, first) } as const;
	const { id, byteCount } = await imports.upload(ctx, scope, upload);
	const roles = ['email', 'name', 'language', 'property', 'property', 'property'];
	await imports.startPeople(ctx, scope, id, { columns: Object.fromEntries(roles.entries()) });
	const onProgress = ({ nextRow }: { nextRow: number }) => {
		if (collects && nextRow % 5_000 === 0) globalThis.gc?.();
	};
	await importRuns.run(ctx, { workspaceId: scope.workspaceId, importId: id }, { onProgress });
	return { id, byteCount };
};

await importPeople(5_000, 0);
globalThis.gc?.();
const before = process.memoryUsage();
let peak = { rss: 0, heapUsed: 0 };
const watch = setInterval(() => {
	const { rss, heapUsed } = process.memoryUsage();
	peak = { rss: Math.max(peak.rss, rss), heapUsed: Math.max(peak.heapUsed, heapUsed) };
}, 20);
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const { id, byteCount } = await importPeople(rowCount, 5_000);
const seconds = (performance.now() - startedAt) / 1000;
const cpu = process.cpuUsage(cpuBefore);
clearInterval(watch);
const { counts } = await imports.byId(ctx, scope, id);
console.log(`${rowCount} rows, ${megabytes(byteCount)} MB: ${JSON.stringify(counts)}`);
console.log(`${seconds.toFixed(1)} s, of which ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of processor time`);
console.log(`memory before ${megabytes(before.rss)} MB, at most ${megabytes(peak.rss - before.rss)} MB more`);
console.log(
	`heap before ${megabytes(before.heapUsed)} MB, at most ${megabytes(peak.heapUsed - before.heapUsed)} MB more`,
);
await close();
await engine.stop();
rmSync(dataDir, { recursive: true, force: true });
