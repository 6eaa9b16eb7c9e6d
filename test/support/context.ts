// The parts of a running product for a test: a database of its own, a clock moved by hand, seeded chance, kept mails.
import { createHash } from 'node:crypto';
import { makeMailer } from '#lib/server/app.ts';
import { readConfig } from '#lib/server/config.ts';
import type { Context } from '#lib/server/context.ts';
import * as database from '#lib/server/db/database.ts';
import type { Models } from '#lib/server/db/rows/index.ts';
import { jobSchemas, type JobName } from '#lib/server/jobs/names.ts';
import { run } from '#lib/server/jobs/registry.ts';
import { makeLog } from '#lib/server/log.ts';
import type { OutgoingMail } from '#lib/server/mail/mailer.ts';
import { freshDatabase } from './database.ts';

export type TestContext = Context & {
	/** The same rows for the test's own hands: where faults are asked for, they do not come here. */
	rows: Models;
	/** Every mail handed to the mailer, account mails too, oldest first. */
	mails: OutgoingMail[];
	/** Moves the clock on by so many milliseconds. */
	pass(ms: number): void;
	setClock(now: Date): void;
	/** Runs the jobs that are due by the clock, and those they ask for. Returns how many ran. */
	runDueJobs(): Promise<number>;
	/** Closes what was opened; call it in afterAll. */
	close(): Promise<void>;
};

/** Of databases where faults are asked for: the same rows without them. */
const calmRows = new WeakMap<database.Database, Models>();

const secret = createHash('sha256').update('a secret for tests').digest();

/** `seed` and a counter through SHA-256: the same bytes in every run. */
const seededBytes = (seed: string) => {
	let drawn = 0;
	return (length: number): Uint8Array => {
		const blocks: Buffer[] = [];
		while (blocks.length * 32 < length) blocks.push(createHash('sha256').update(`${seed}:${drawn++}`).digest());
		return Buffer.concat(blocks).subarray(0, length);
	};
};

/** A queue in memory with the same contract as the real one, run by hand. */
const handQueue = (clock: () => Date) => {
	let waiting: { name: JobName; payload: unknown; at: Date; key?: string }[] = [];
	const queue: Context['jobs'] = {
		async enqueue(name, payload, { at, key } = {}) {
			const checked = jobSchemas[name].parse(payload);
			if (key !== undefined && waiting.some((job) => job.name === name && job.key === key)) return;
			waiting.push({ name, payload: checked, at: at ?? clock(), key });
		},
	};
	const takeDue = () => {
		const due = waiting.filter((job) => job.at <= clock());
		waiting = waiting.filter((job) => job.at > clock());
		return due.sort((a, b) => a.at.getTime() - b.at.getTime());
	};
	return { queue, takeDue };
};

/**
 * A Context on a fresh database. The clock stands at `now` (2026-03-02 09:00 UTC, a Monday, when left out).
 * `env` are settings as in the environment; `db` shares another context's database.
 */
export const testContext = async (
	options: { now?: Date | string; seed?: string; env?: Record<string, string>; db?: database.Database } = {},
): Promise<TestContext> => {
	let now = new Date(options.now ?? '2026-03-02T09:00:00Z');
	const clock = () => new Date(now);
	const config = readConfig({ PUBLIC_URL: 'https://heed.test', LOG_LEVEL: 'silent', ...options.env });
	const fresh = options.db ? null : await freshDatabase();
	const db = options.db ?? (await database.open(fresh!.uri, { kind: fresh!.kind }));
	const calm = fresh && fresh.calmUri !== fresh.uri ? await database.open(fresh.calmUri, { kind: fresh.kind }) : null;
	if (calm) calmRows.set(db, calm.models);
	const mails: OutgoingMail[] = [];
	const mailer = makeMailer(config, db, clock);
	const jobs = handQueue(clock);
	const ctx: TestContext = {
		config,
		db,
		log: makeLog(config.LOG_LEVEL),
		clock,
		randomBytes: seededBytes(options.seed ?? 'heed'),
		secret,
		setupCode: null,
		mailer: {
			...mailer,
			async send(mail) {
				mails.push(mail);
				return mailer.send(mail);
			},
		},
		jobs: jobs.queue,
		rows: calmRows.get(db) ?? db.models,
		mails,
		pass: (ms) => {
			now = new Date(now.getTime() + ms);
		},
		setClock: (moment) => {
			now = new Date(moment);
		},
		async runDueJobs() {
			let ran = 0;
			for (let due = jobs.takeDue(); due.length; due = jobs.takeDue())
				for (const job of due) {
					await run(ctx, job.name, job.payload);
					ran++;
				}
			return ran;
		},
		async close() {
			await mailer.close();
			if (!fresh) return;
			if (calm) await database.close(calm);
			await database.close(db);
			await fresh.stop();
		},
	};
	return ctx;
};
