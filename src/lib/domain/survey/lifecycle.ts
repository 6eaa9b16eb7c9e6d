// The life of a survey: draft → live ⇄ paused → closed → live again. Pure: says what the next status is, or why not.
import { Conflict, Invalid } from '../errors.ts';
import type { Definition, Status } from './definition.ts';
import type { Survey } from './survey.ts';

export type Step = 'publish' | 'pause' | 'resume' | 'close' | 'reopen';

/** What a step does in each status: the next status, or the sentence that says what to do instead. */
const steps: Record<Step, Record<Status, { to: Status } | { refusal: string }>> = {
	publish: {
		draft: { to: 'live' },
		live: { to: 'live' },
		paused: { to: 'paused' },
		closed: { refusal: 'This survey is closed. Reopen it first, then publish the changes.' },
	},
	pause: {
		draft: { refusal: 'This survey is a draft, so nobody can answer it yet. There is nothing to pause.' },
		live: { to: 'paused' },
		paused: { to: 'paused' },
		closed: { refusal: 'This survey is closed already, and takes no answers.' },
	},
	resume: {
		draft: { refusal: 'This survey is a draft. Publish it to take answers.' },
		live: { to: 'live' },
		paused: { to: 'live' },
		closed: { refusal: 'This survey is closed. Reopen it to take answers again.' },
	},
	close: {
		draft: { refusal: 'This survey is a draft, so nobody can answer it yet. There is nothing to close.' },
		live: { to: 'closed' },
		paused: { to: 'closed' },
		closed: { to: 'closed' },
	},
	reopen: {
		draft: { refusal: 'This survey is a draft. Publish it to take answers.' },
		live: { to: 'live' },
		paused: { refusal: 'This survey is paused, not closed. Resume it to take answers again.' },
		closed: { to: 'live' },
	},
};

type Stage = Pick<Survey, 'status' | 'archivedAt'>;

/**
 * The status after a step: a live survey that is paused is paused. A step that is done already changes nothing, so that
 * pressing twice does no harm. Throws Conflict that says what to do instead.
 */
export const next = ({ status, archivedAt }: Stage, step: Step): Status => {
	if (archivedAt) throw new Conflict('This survey is archived. Take it out of the archive in its settings first.');
	const outcome = steps[step][status];
	if ('refusal' in outcome) throw new Conflict(outcome.refusal);
	return outcome.to;
};

/** The steps that lead somewhere else: from a live survey pause and close. Publishing is offered by the draft. */
export const stepsFrom = ({ status, archivedAt }: Stage): Step[] =>
	(Object.keys(steps) as Step[]).filter((step) => {
		const outcome = steps[step][status];
		return !archivedAt && step !== 'publish' && 'to' in outcome && outcome.to !== status;
	});

/** Whether a survey takes answers at a moment, and if not, why. */
export type State =
	| { kind: 'draft' | 'paused' | 'closed' | 'archived' }
	| { kind: 'open'; closesAt: Date | null }
	| { kind: 'scheduled'; opensAt: Date }
	| { kind: 'ended'; closesAt: Date }
	| { kind: 'full'; quota: number };

/**
 * The state at `now`, where customers gave `answers` answers so far. A schedule is half open: a survey that opens and
 * closes at 9:00 and 17:00 is open at 9:00 sharp and closed at 17:00 sharp. With a quota of 100 the 100th answer is the
 * last one.
 */
export const stateAt = (
	{
		status,
		opensAt,
		closesAt,
		quota,
		archivedAt,
	}: Pick<Survey, 'status' | 'opensAt' | 'closesAt' | 'quota' | 'archivedAt'>,
	now: Date,
	answers: number,
): State => {
	if (archivedAt) return { kind: 'archived' };
	if (status !== 'live') return { kind: status };
	if (closesAt && now >= closesAt) return { kind: 'ended', closesAt };
	if (opensAt && now < opensAt) return { kind: 'scheduled', opensAt };
	if (quota !== null && answers >= quota) return { kind: 'full', quota };
	return { kind: 'open', closesAt };
};

/**
 * Once there can be answers, metric and length of the scale stay: a score of 4 is another one of five than of ten. Look,
 * order and words may change. Throws Invalid that says what to do instead.
 */
export const requireSameScale = (
	asked: Pick<Definition, 'metric' | 'scale'>,
	edited: Pick<Definition, 'metric' | 'scale'>,
): void => {
	const field =
		asked.metric !== edited.metric ? 'metric' : asked.scale.points !== edited.scale.points ? 'scale.points' : null;
	if (!field) return;
	const what = field === 'metric' ? 'The metric' : 'The number of points';
	const reason = `${what} stays as it was published, because its answers are counted together. Duplicate this survey, or make a new one, to ask on another scale.`;
	throw new Invalid(reason, { [field]: reason });
};
