// The life of a survey: draft → live ⇄ paused → closed → live again. Pure: says what the next status is, or why not.
import { Conflict } from '../errors.ts';
import type { Status } from './definition.ts';

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

/**
 * The status after a step: next('live', 'pause') is paused. A step that is done already changes nothing, so that
 * pressing twice does no harm. Throws Conflict that says what to do instead.
 */
export const next = (status: Status, step: Step): Status => {
	const outcome = steps[step][status];
	if ('refusal' in outcome) throw new Conflict(outcome.refusal);
	return outcome.to;
};

/** The steps that lead somewhere else from a status: stepsFrom('live') is pause, close. Publishing is offered by the draft. */
export const stepsFrom = (status: Status): Step[] =>
	(Object.keys(steps) as Step[]).filter((step) => {
		const outcome = steps[step][status];
		return step !== 'publish' && 'to' in outcome && outcome.to !== status;
	});
