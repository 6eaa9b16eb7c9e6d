// Keeps jobs in the database and runs them when due, in as many processes as there are: agenda, behind our own names.
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, exponential } from 'agenda';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../log.ts';
import { jobSchemas, type JobName, type JobQueue } from './names.ts';
import { handlers, recurring, run } from './registry.ts';

/** How often due jobs are looked for. Numbers, not words: agenda reads '200 milliseconds' as 200 s. */
const lookEveryMs = 1_000;
/** A job whose process died is run by another after this. */
const lockMs = 120_000;
/** How long a clean stop waits for running jobs. */
const stopWithinMs = 10_000;

type Stored = { payload: unknown; key: string | null };

export type Jobs = {
	queue: JobQueue;
	/** Begins to run jobs in this process. */
	start(ctx: Context): Promise<void>;
	/** Lets running jobs finish and gives back those that have not begun. */
	stop(): Promise<void>;
};

/** Opens the queue on the product's own connection. Nothing runs before `start`. */
export const openJobs = async (db: Database, log: Log): Promise<Jobs> => {
	const agenda = new Agenda({
		backend: new MongoBackend({ mongo: db.connection.db!, collection: 'jobs' }),
		processEvery: lookEveryMs,
		defaultLockLifetime: lockMs,
		defaultConcurrency: 5,
		removeOnComplete: true,
	});
	const stopping = new AbortController();
	agenda.on('error', (error) => stopping.signal.aborted || log.error({ error }, 'jobs'));
	agenda.on('fail', (error, job) => log.warn({ error, job: job.attrs?.name }, 'a job failed; it is tried again'));
	await agenda.ready;
	let isRunning = false;
	return {
		queue: {
			async enqueue(name, payload, { at, key } = {}) {
				const stored: Stored = { payload: jobSchemas[name].parse(payload), key: key ?? null };
				const job = agenda.create(name, stored).schedule(at ?? new Date());
				// Only a job that waits counts: one that runs may have read what it needs already.
				if (key !== undefined) job.unique({ 'data.key': key, lockedAt: null }, { insertOnly: true });
				await job.save();
			},
		},
		async start(ctx) {
			for (const name of Object.keys(handlers) as JobName[])
				agenda.define<Stored>(name, (job) => run(ctx, name, job.attrs.data.payload, stopping.signal), {
					backoff: exponential({ delay: 2_000, maxDelay: 600_000, maxRetries: 8, factor: 3 }),
				});
			for (const { name, everyMs } of recurring) await agenda.every(everyMs, name, { payload: {}, key: null });
			isRunning = true;
			await agenda.start();
		},
		async stop() {
			if (!isRunning) return;
			stopping.abort();
			await agenda.drain({ timeout: stopWithinMs, closeConnection: false });
			await agenda.stop(false);
		},
	};
};
