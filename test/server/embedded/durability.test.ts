// What was acknowledged is there after the process is killed in the middle of its work, and nothing is half there.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Collection, MongoClient } from 'mongodb';
import { afterAll, describe, expect, it } from 'vitest';
import { checkWhole } from './check.ts';
import { serveElsewhere } from './child.ts';
import { chooseSeed, type Random, seeded } from './random.ts';

const kills = 22;
const writers = 8;

/** What a writer was told is stored. Each writer has documents of its own, so that it knows what they must be. */
type Acknowledged = { documents: Map<number, number>; next: number };

type Answer = {
	_id: string;
	writer: number;
	id: number;
	score: number;
	tags: number[];
	key: string;
	at: Date;
	rare?: number;
};

async function work(answers: Collection<Answer>, writer: number, told: Acknowledged, random: Random): Promise<void> {
	for (;;) {
		const id = told.next++;
		await answers.insertOne({
			_id: `${writer}-${id}`,
			writer,
			id,
			score: 0,
			tags: [random.int(5), random.int(5)],
			key: `${writer}:${id}`,
			at: new Date(),
			...(random.chance(0.2) && { rare: id }),
		});
		told.documents.set(id, 0);
		const [other] = [...told.documents.keys()].slice(random.int(told.documents.size));
		if (random.chance(0.5)) {
			// While the reply is missing, the document may be as it was or as it will be.
			const before = told.documents.get(other!)!;
			told.documents.set(other!, before + 0.5);
			await answers.updateOne({ writer, id: other! }, { $inc: { score: 1 }, $push: { tags: random.int(9) } });
			told.documents.set(other!, before + 1);
		} else if (random.chance(0.3)) {
			told.documents.set(other!, -1);
			await answers.deleteOne({ writer, id: other! });
			told.documents.delete(other!);
		}
	}
}

/** What is stored is what was told; where a reply was missing, either state will do, and becomes what is known. */
async function compareWithTold(answers: Collection<Answer>, told: Acknowledged[], kill: number): Promise<void> {
	const stored = new Map<string, number>();
	for await (const doc of answers.find()) stored.set(doc._id, doc.score);
	for (const [writer, { documents }] of told.entries()) {
		for (const [id, score] of documents) {
			const found = stored.get(`${writer}-${id}`);
			if (score === -1 && found === undefined) {
				documents.delete(id);
				continue;
			}
			expect(found, `document ${writer}-${id} after kill ${kill}`).toBeDefined();
			const allowed = score === -1 ? [found] : score % 1 === 0 ? [score] : [score - 0.5, score + 0.5];
			expect(allowed, `score of ${writer}-${id} after kill ${kill}`).toContain(found);
			documents.set(id, found!);
		}
	}
}

describe('an acknowledged write', () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'heed-durability-'));
	afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

	const seed = chooseSeed();
	it(`survives ${kills} kills in the middle of the load, with every index equal to a scan (SEED=${seed})`, async () => {
		const random = seeded(seed);
		const told = Array.from({ length: writers }, (): Acknowledged => ({ documents: new Map(), next: 0 }));
		for (let kill = 0; ; kill++) {
			const server = await serveElsewhere(dataDir);
			const client = new MongoClient(server.uri, { serverSelectionTimeoutMS: 1_000 });
			const answers = client.db().collection<Answer>('answers');
			await compareWithTold(answers, told, kill);
			if (kill === kills) {
				await client.close();
				await server.kill('SIGTERM');
				break;
			}
			await answers.createIndexes([
				{ key: { writer: 1, id: 1 }, unique: true },
				{ key: { key: 1 } },
				{ key: { tags: 1, score: -1 } },
				{ key: { rare: 1 }, sparse: true },
				{ key: { score: 1 }, partialFilterExpression: { score: { $gt: 0 } } },
				{ key: { at: 1 }, expireAfterSeconds: 86_400 },
			]);
			const working = told.map((mine, writer) => work(answers, writer, mine, random).catch(() => 'killed'));
			const begun = () => told.reduce((sum, { next }) => sum + next, 0);
			const enough = begun() + writers + 10 + random.int(60);
			while (begun() < enough) await new Promise((resolve) => setTimeout(resolve, random.int(5)));
			await server.kill('SIGKILL');
			await Promise.all(working);
			await client.close();
			checkWhole(join(dataDir, 'heed.db'));
		}
		const total = told.reduce((sum, { next }) => sum + next, 0);
		expect(total).toBeGreaterThan(kills * (writers + 10));
		console.info(`${kills} kills, ${total} inserts begun, 0 acknowledged and lost`);
	}, 300_000);

	it('is no more than an error to its readers when the file is not what it should be, and is logged', async () => {
		const directory = mkdtempSync(join(tmpdir(), 'heed-failing-'));
		const server = await serveElsewhere(directory);
		let logged = '';
		server.process.stderr!.on('data', (chunk: Buffer) => (logged += chunk.toString()));
		const client = new MongoClient(server.uri, { serverSelectionTimeoutMS: 1_000 });
		const answers = client.db().collection('answers');
		await answers.insertMany(Array.from({ length: 1_000 }, (_, score) => ({ score })));
		const other = new DatabaseSync(join(directory, 'heed.db'));
		const [table] = other.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'c[0-9]*'").all();
		other.exec(`ALTER TABLE ${String(table?.['name'])} RENAME COLUMN doc TO lost`);
		other.close();
		const failed = { code: 1, codeName: 'InternalError', message: expect.stringContaining('no such column') as string };
		await expect(answers.findOne({ score: 1 })).rejects.toMatchObject(failed);
		await expect(answers.aggregate([{ $group: { _id: '$score' } }]).toArray()).rejects.toMatchObject(failed);
		await expect.poll(() => logged.match(/failed on a read/g)?.length).toBeGreaterThanOrEqual(2);
		await client.close();
		await server.kill('SIGKILL');
		rmSync(directory, { recursive: true, force: true });
	});

	it('is never told of when a commit fails for another reason than a full disk: the process ends', async () => {
		const directory = mkdtempSync(join(tmpdir(), 'heed-failing-'));
		const server = await serveElsewhere(directory);
		const client = new MongoClient(server.uri, { serverSelectionTimeoutMS: 1_000 });
		await client.db().collection('answers').insertOne({ score: 9 });
		// Somebody else takes the table away: the next write meets a file that is not what it should be.
		const other = new DatabaseSync(join(directory, 'heed.db'));
		const [table] = other.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'c[0-9]*'").all();
		other.exec(`DROP TABLE ${String(table?.['name'])}`);
		other.close();
		const ended = once(server.process, 'exit');
		const writes = await Promise.allSettled(
			[1, 2, 3].map((score) => client.db().collection('answers').insertOne({ score })),
		);
		expect(writes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
		expect((await ended)[0]).toBe(70);
		await client.close();
		rmSync(directory, { recursive: true, force: true });
	});
});
