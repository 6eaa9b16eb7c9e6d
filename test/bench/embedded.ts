// How fast the embedded database is, beside a bare node:sqlite on the same disk: `node test/bench/embedded.ts`, about four minutes.
// Ratios count, not times: both sides of a ratio are measured in turns, in one run, on the same machine. Prints the README's tables.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BSON, type Collection, MongoClient, ObjectId } from 'mongodb';
import { type Child, serveElsewhere } from '../server/embedded/child.ts';

const seconds = Number(process.argv[2] ?? 2);
const turns = 5;
const most = Number(process.argv[3] ?? 1_000_000);

const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'));
const workspaceId = new ObjectId();
const surveyIds = Array.from({ length: 5 }, () => new ObjectId());

const answer = (at: number) => ({
	_id: new ObjectId(),
	workspaceId,
	surveyId: surveyIds[at % 5]!,
	invitationId: new ObjectId(),
	answeredAt: new Date(1_700_000_000_000 + at * 60_000),
	day: new Date(1_700_000_000_000 + at * 60_000).toISOString().slice(0, 10),
	score: (at * 7) % 11,
	channel: 'email',
	language: 'en',
	comment: 'The delivery was quick and the driver friendly, thank you very much indeed.',
	properties: [
		{ key: 'plan', value: 'pro' },
		{ key: 'country', value: 'AM' },
	],
});
type Answer = ReturnType<typeof answer>;

const indexes = [
	{ key: { workspaceId: 1, invitationId: 1 }, unique: true },
	{ key: { workspaceId: 1, surveyId: 1, answeredAt: 1 } },
	{ key: { workspaceId: 1, day: 1 } },
	{ key: { workspaceId: 1, score: 1 } },
] as const;

const say = (line: string) => process.stdout.write(`${line}\n`);
const doing = (what: string) => process.stderr.write(`${what} …\n`);
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const round = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2));
const percentile = (ms: number[], share: number) => ms.toSorted((a, b) => a - b)[Math.floor(ms.length * share)]!;

/** Prints a table of Markdown, its columns as wide as they need to be. */
function table(...rows: string[][]): void {
	const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
	const line = (row: string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
	say(`\n${line(rows[0]!)}`);
	say(line(widths.map((width) => '-'.repeat(width))));
	for (const row of rows.slice(1)) say(line(row));
}

/** Calls `act` with `clients` at once for some seconds; returns calls a second and every call's milliseconds. */
async function load(
	clients: number,
	act: (client: number) => Promise<unknown>,
): Promise<{ rate: number; ms: number[] }> {
	const ms: number[] = [];
	const begun = performance.now();
	const end = begun + seconds * 1000;
	await Promise.all(
		Array.from({ length: clients }, async (_, client) => {
			while (performance.now() < end) {
				const at = performance.now();
				await act(client);
				ms.push(performance.now() - at);
			}
		}),
	);
	return { rate: ms.length / ((performance.now() - begun) / 1000), ms };
}

/** Inserts a second of the same bytes into one bare table, `group` to a transaction and a sync. */
function bareRate(group: number): number {
	const database = new DatabaseSync(join(dataDir, 'bare.db'));
	database.exec(
		'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS bare (rid INTEGER PRIMARY KEY, doc BLOB)',
	);
	const insert = database.prepare('INSERT INTO bare (doc) VALUES (?)');
	const bytes = BSON.serialize(answer(0));
	let count = 0;
	const begun = performance.now();
	while (performance.now() - begun < (seconds * 1000) / 2) {
		database.exec('BEGIN');
		for (let at = 0; at < group; at++, count++) insert.run(bytes);
		database.exec('COMMIT');
	}
	const rate = count / ((performance.now() - begun) / 1000);
	database.close();
	return rate;
}

async function inserts(answers: Collection<Answer>): Promise<void> {
	const rows = [['clients', 'inserts a second', 'bare, one to a sync', 'bare, as many to a sync', 'ratio to each']];
	for (const clients of [1, 32, 128]) {
		doing(`inserting with ${clients} at once`);
		const turn = async () => ({
			ours: (await load(clients, () => answers.insertOne(answer(clients)))).rate,
			single: bareRate(1),
			grouped: bareRate(clients),
		});
		const measured: Awaited<ReturnType<typeof turn>>[] = [];
		for (let at = 0; at < turns; at++) measured.push(await turn());
		const middle = (of: (one: Awaited<ReturnType<typeof turn>>) => number) => median(measured.map(of));
		const ratios = [middle((one) => one.ours / one.single), middle((one) => one.ours / one.grouped)].map(round);
		rows.push([
			String(clients),
			round(middle((one) => one.ours)),
			round(middle((one) => one.single)),
			round(middle((one) => one.grouped)),
			ratios.join(' and '),
		]);
	}
	table(...rows);
}

async function fill(answers: Collection<Answer>, count: number): Promise<void> {
	const have = await answers.estimatedDocumentCount();
	if (have < count) doing(`filling up to ${count.toLocaleString('en')} documents`);
	for (let at = have; at < count; at += 2_000) {
		const batch = Array.from({ length: Math.min(2_000, count - at) }, (_, offset) => answer(at + offset));
		await answers.insertMany(batch, { ordered: false });
	}
}

const read = (what: string, { rate, ms }: { rate: number; ms: number[] }) => [
	what,
	`${round(rate)} a second`,
	`${round(median(ms))} ms`,
	`${round(percentile(ms, 0.99))} ms`,
];

async function reads(answers: Collection<Answer>): Promise<string[][]> {
	doing('reading');
	const ids = (await answers.find({}, { projection: { invitationId: 1 }, limit: 5_000 }).toArray()).map(
		(doc) => doc.invitationId,
	);
	const pick = () => ids[Math.floor(Math.random() * ids.length)]!;
	const find = () => answers.findOne({ workspaceId, invitationId: pick() });
	const page = () =>
		answers
			.find({ workspaceId, surveyId: surveyIds[1]!, answeredAt: { $lt: new Date(1_700_000_000_000 + 4e9) } })
			.sort({ answeredAt: -1 })
			.limit(50)
			.toArray();
	return [
		read('find by unique fields, 1 client', await load(1, find)),
		read('find by unique fields, 32 clients', await load(32, find)),
		read('sorted page of 50 by index', await load(1, page)),
	];
}

const grouping = [{ $match: { workspaceId } }, { $group: { _id: '$day', n: { $sum: 1 }, mean: { $avg: '$score' } } }];

async function groups(answers: Collection<Answer>, count: number): Promise<string[]> {
	await fill(answers, count);
	doing(`grouping ${count.toLocaleString('en')}`);
	const ms: number[] = [];
	for (let turn = 0; turn < 3; turn++) {
		const begun = performance.now();
		await answers.aggregate(grouping).toArray();
		ms.push(performance.now() - begun);
	}
	const each = (median(ms) * 1000) / count;
	const what = `group ${count.toLocaleString('en')} documents by day`;
	return [what, `${round(each)} µs a document`, `${round(median(ms))} ms`, `${round(Math.max(...ms))} ms`];
}

async function underAggregates(answers: Collection<Answer>): Promise<void> {
	doing('inserting while aggregates run');
	const insert = () => answers.insertOne(answer(0));
	const alone: number[] = [];
	const beside: number[] = [];
	let aggregates = 0;
	for (let turn = 0; turn < turns; turn++) {
		alone.push(percentile((await load(4, insert)).ms, 0.99));
		let isDone = false;
		const busy = (async () => {
			for (; !isDone; aggregates++) await answers.aggregate(grouping).toArray();
		})();
		beside.push(percentile((await load(4, insert)).ms, 0.99));
		isDone = true;
		await busy;
	}
	const ratio = median(alone.map((ms, at) => beside[at]! / ms));
	say(
		`\nAn insert's 99th percentile with 4 clients was ${round(median(alone))} ms alone and ${round(median(beside))} ms while ${aggregates} aggregates over 100,000 documents ran, ${round(ratio)} times as long.`,
	);
}

async function startUp(): Promise<void> {
	doing('starting');
	const startMs: number[] = [];
	const residentMb: number[] = [];
	for (let turn = 0; turn < turns; turn++) {
		const begun = performance.now();
		const server = await serveElsewhere(dataDir);
		startMs.push(performance.now() - begun);
		const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
		residentMb.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
		await server.kill('SIGTERM');
	}
	const size = round(statSync(join(dataDir, 'heed.db')).size / 1048576);
	say(
		`\nA process that runs only the engine started with ${most.toLocaleString('en')} documents (a file of ${size} MB) in ${round(median(startMs))} ms and had ${round(median(residentMb))} MB resident.`,
	);
}

async function main(): Promise<void> {
	const begun = performance.now();
	const busy = loadavg()[0]!.toFixed(1);
	const server: Child = await serveElsewhere(dataDir);
	const client = await new MongoClient(server.uri, { maxPoolSize: 128 }).connect();
	const answers = client.db().collection<Answer>('answers');
	await answers.createIndexes(indexes.map((index) => ({ ...index })));
	await inserts(answers);
	await answers.drop();
	await answers.createIndexes(indexes.map((index) => ({ ...index })));
	await fill(answers, 10_000);
	const rows = await reads(answers);
	rows.push(await groups(answers, 10_000), await groups(answers, 100_000));
	await underAggregates(answers);
	if (most > 100_000) rows.push(await groups(answers, most));
	table(['what', 'rate', 'median', '99th percentile or longest'], ...rows);
	await client.close();
	await server.kill('SIGTERM');
	await startUp();
	const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
	say(
		`\nMeasured in ${minutes} minutes on ${cpus().length} cores at a load of ${busy} from other work (loadavg before).`,
	);
}

try {
	await main();
} finally {
	rmSync(dataDir, { recursive: true, force: true });
}
