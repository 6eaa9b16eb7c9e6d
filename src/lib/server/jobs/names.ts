// The names and payloads of everything that runs later, for those who ask for it; agenda.ts runs them.
import { z } from 'zod';

/** Each job's payload. A payload names rows by id; the job reads the rest when it runs. */
export const jobSchemas = {} satisfies Record<string, z.ZodType>;

export type JobName = keyof typeof jobSchemas;
export type JobPayload<Name extends JobName> = z.output<(typeof jobSchemas)[Name]>;

export type JobQueue = {
	/** Runs the job at `at`, or now. With `key`, a job of that name and key that waits already is kept and none is added. */
	enqueue<Name extends JobName>(
		name: Name,
		payload: JobPayload<Name>,
		options?: { at?: Date; key?: string },
	): Promise<void>;
};
