import { describe, expect, it } from 'vitest';
import { Conflict } from '#lib/domain/errors.ts';
import type { Status } from '#lib/domain/survey/definition.ts';
import { next, stepsFrom, type Step } from '#lib/domain/survey/lifecycle.ts';

const statuses: Status[] = ['draft', 'live', 'paused', 'closed'];

describe('the life of a survey', () => {
	const table: Record<Step, (Status | null)[]> = {
		//        draft   live      paused    closed
		publish: ['live', 'live', 'paused', null],
		pause: [null, 'paused', 'paused', null],
		resume: [null, 'live', 'live', null],
		close: [null, 'closed', 'closed', 'closed'],
		reopen: [null, 'live', null, 'live'],
	};
	const cases = Object.entries(table).flatMap(([step, outcomes]) =>
		outcomes.map((to, index) => ({ step: step as Step, from: statuses[index]!, to })),
	);

	it.each(cases.filter(({ to }) => to !== null))('$step takes $from to $to', ({ step, from, to }) => {
		expect(next(from, step)).toBe(to);
	});

	it.each(cases.filter(({ to }) => to === null))('$step is refused when $from, with what to do', ({ step, from }) => {
		expect(() => next(from, step)).toThrow(Conflict);
		expect(() => next(from, step)).toThrow(/\. [A-Z].+\.$|, and takes no answers\.$/);
	});

	it('offers only the steps that change something', () => {
		expect(statuses.map(stepsFrom)).toEqual([[], ['pause', 'close'], ['resume', 'close'], ['reopen']]);
	});
});
