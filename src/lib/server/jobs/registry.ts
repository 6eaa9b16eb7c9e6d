// What each job does. A job may run twice (a crash, a lost reply), so each is correct when repeated.
import type { Context } from '../context.ts';
import * as alerts from '../services/alerts.ts';
import * as colleagueInvites from '../services/colleague-invites.ts';
import * as importRuns from '../services/importing/run.ts';
import * as passwordResets from '../services/password-resets.ts';
import * as deletions from '../services/deletions.ts';
import * as recounts from '../services/recounts.ts';
import * as surveyDeletions from '../services/survey-deletions.ts';
import * as preparing from '../services/preparing.ts';
import { jobSchemas, type JobName, type JobPayload } from './names.ts';

/** By name: the service that does the job. `stopping` asks one that takes long to leave off where it can go on later. */
export const handlers: {
	[Name in JobName]: (ctx: Context, payload: JobPayload<Name>, stopping?: AbortSignal) => Promise<void>;
} = {
	'detractor-alert': alerts.tellOfDetractor,
	'detractor-summary': alerts.summarize,
	'release-claims': preparing.releaseClaims,
	'password-reset': passwordResets.mail,
	'colleague-invite': colleagueInvites.mail,
	'purge-answer': deletions.purgeAnswer,
	'erase-person': deletions.erasePerson,
	'erase-survey': surveyDeletions.erase,
	'recount-stale-days': recounts.recountStaleDays,
	'run-import': (ctx, payload, stopping) => importRuns.run(ctx, payload, { stopping }),
	'look-after-imports': importRuns.lookAfter,
};

/** Jobs that come round by themselves, with how often. They have an empty payload. */
export const recurring: readonly { name: JobName; everyMs: number }[] = [
	{ name: 'recount-stale-days', everyMs: 60_000 },
	{ name: 'look-after-imports', everyMs: 20_000 },
];

/** Checks a stored payload against its schema and runs the job. */
export const run = async <Name extends JobName>(
	ctx: Context,
	name: Name,
	payload: unknown,
	stopping?: AbortSignal,
): Promise<void> => handlers[name](ctx, jobSchemas[name].parse(payload) as JobPayload<Name>, stopping);
