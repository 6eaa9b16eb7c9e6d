// How fast the embedded database is, beside a bare node:sqlite on the same disk: `node test/bench/embedded.ts`.
// Ratios count, not times: both sides of a ratio are measured in turns, in one run, on the same machine.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BSON, type Collection, MongoClient, ObjectId } from 'mongodb';
import { type Child, serveElsewhere } from '../server/embedded/child.ts';

const seconds = Number(process.argv[2] ?? 3);
const turns = 3;
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
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const round = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

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
	while (performance.now() - begun < seconds * 1000) {
		database.exec('BEGIN');
		for (let at = 0; at < group; at++, count++) insert.run(bytes);
		database.exec('COMMIT');
	}
	const rate = count / ((performance.now() - begun) / 1000);
	database.close();
	return rate;
}

const percentile = (ms: number[], share: number) => ms.toSorted((a, b) => a - b)[Math.floor(ms.length * share)]!;

async function inserts(answers: Collection<Answer>): Promise<void> {
	say('\ndurable inserts a second, 4 indexes | bare, one to a sync | bare, as many to a sync | ratio to each');
	for (const clients of [1, 32, 128]) {
		const ours: number[] = [];
		const single: number[] = [];
		const grouped: number[] = [];
		for (let turn = 0; turn < turns; turn++) {
			ours.push((await load(clients, () => answers.insertOne(answer(turn)))).rate);
			single.push(bareRate(1));
			grouped.push(bareRate(clients));
		}
		const [rate, bare, group] = [median(ours), median(single), median(grouped)];
		say(
			`  ${clients} clients: ${round(rate)} | ${round(bare)} | ${round(group)} | ${(rate / bare).toFixed(2)} and ${(rate / group).toFixed(2)}`,
		);
	}
}

async function fill(answers: Collection<Answer>, count: number): Promise<void> {
	const have = await answers.estimatedDocumentCount();
	for (let at = have; at < count; at += 2_000) {
		const batch = Array.from({ length: Math.min(2_000, count - at) }, (_, offset) => answer(at + offset));
		await answers.insertMany(batch, { ordered: false });
	}
}

async function reads(answers: Collection<Answer>): Promise<void> {
	const ids = (await answers.find({}, { projection: { invitationId: 1 }, limit: 5_000 }).toArray()).map(
		(doc) => doc.invitationId,
	);
	const pick = () => ids[Math.floor(Math.random() * ids.length)]!;
	for (const clients of [1, 32]) {
		const found = await load(clients, () => answers.findOne({ workspaceId, invitationId: pick() }));
		say(
			`find by unique fields, ${clients} clients: ${round(found.rate)}/s, p99 ${round(percentile(found.ms, 0.99))} ms`,
		);
	}
	const page = await load(1, () =>
		answers
			.find({ workspaceId, surveyId: surveyIds[1]!, answeredAt: { $lt: new Date(1_700_000_000_000 + 4e9) } })
			.sort({ answeredAt: -1 })
			.limit(50)
			.toArray(),
	);
	say(`sorted page of 50 by index: ${round(page.rate)}/s, p99 ${round(percentile(page.ms, 0.99))} ms`);
}

const grouping = [{ $match: { workspaceId } }, { $group: { _id: '$day', n: { $sum: 1 }, mean: { $avg: '$score' } } }];

async function groups(answers: Collection<Answer>, count: number): Promise<void> {
	await fill(answers, count);
	const ms: number[] = [];
	for (let turn = 0; turn < turns; turn++) {
		const begun = performance.now();
		await answers.aggregate(grouping).toArray();
		ms.push(performance.now() - begun);
	}
	say(`group ${count.toLocaleString('en')} documents by day: ${round(median(ms))} ms`);
}

async function underAggregates(answers: Collection<Answer>): Promise<void> {
	const alone = await load(4, () => answers.insertOne(answer(0)));
	let isDone = false;
	let aggregates = 0;
	const busy = (async () => {
		for (; !isDone; aggregates++) await answers.aggregate(grouping).toArray();
	})();
	const beside = await load(4, () => answers.insertOne(answer(0)));
	isDone = true;
	await busy;
	const [p99, p99Beside] = [percentile(alone.ms, 0.99), percentile(beside.ms, 0.99)];
	say(
		`an insert's p99 with 4 writers: ${round(p99)} ms alone, ${round(p99Beside)} ms while ${aggregates} aggregates ran: ratio ${(p99Beside / p99).toFixed(2)}`,
	);
}

async function startUp(): Promise<void> {
	const begun = performance.now();
	const server = await serveElsewhere(dataDir);
	const startMs = performance.now() - begun;
	const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
	const residentMb = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
	say(
		`start with ${most.toLocaleString('en')} documents (file ${round(statSync(join(dataDir, 'heed.db')).size / 1048576)} MB): ${round(startMs)} ms, ${round(residentMb)} MB resident`,
	);
	await server.kill('SIGTERM');
}

async function main(): Promise<void> {
	const server: Child = await serveElsewhere(dataDir);
	const client = await new MongoClient(server.uri, { maxPoolSize: 128 }).connect();
	const answers = client.db().collection<Answer>('answers');
	await answers.createIndexes(indexes.map((index) => ({ ...index })));
	await inserts(answers);
	await answers.deleteMany({});
	await fill(answers, 10_000);
	await reads(answers);
	await groups(answers, 10_000);
	await groups(answers, 100_000);
	await underAggregates(answers);
	if (most > 100_000) await groups(answers, most);
	await client.close();
	await server.kill('SIGTERM');
	await startUp();
}

try {
	await main();
} finally {
	rmSync(dataDir, { recursive: true, force: true });
}
