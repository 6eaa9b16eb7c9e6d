// The names and payloads of everything that runs later, for those who ask for it; registry.ts says what each does.
import { z } from 'zod';

const id = z.string().regex(/^[0-9a-f]{24}$/);

/** Each job's payload. A payload names rows by id; the job reads the rest when it runs. */
export const jobSchemas = {
	/** Tells those who want it of a low score. Asked for some seconds after the answer, so that its comment is in the mail. */
	'detractor-alert': z.strictObject({ workspaceId: id, responseId: id }),
	/** The one mail that stands for all detractors beyond this hour's limit. */
	'detractor-summary': z.strictObject({ workspaceId: id, userId: id }),
	/** Mails a reset link if the address has an account; asked for alike when it has none. */
	'password-reset': z.strictObject({ email: z.string().max(254) }),
	'colleague-invite': z.strictObject({ workspaceId: id, inviteId: id }),
	/** Removes a deleted answer, person or survey for good once the deletion can no longer be undone. */
	'purge-answer': z.strictObject({ workspaceId: id, responseId: id, deletedAt: z.iso.datetime() }),
	'erase-person': z.strictObject({ workspaceId: id, contactId: id, deletedAt: z.iso.datetime() }),
	'erase-survey': z.strictObject({ workspaceId: id, surveyId: id, deletedAt: z.iso.datetime() }),
	/** Stores the counts of days that were marked as changed; comes round by itself. */
	'recount-stale-days': z.strictObject({}),
	/** After a sending was cancelled: lets others ask the people it did not. */
	'release-claims': z.strictObject({ workspaceId: id, sendingId: id }),
	/** Takes the rows of an import, or undoes it, from where it stands. */
	'run-import': z.strictObject({ workspaceId: id, importId: id }),
	/** Takes up imports whose worker died, and forgets uploads that were never started; comes round by itself. */
	'look-after-imports': z.strictObject({}),
} satisfies Record<string, z.ZodType>;

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
