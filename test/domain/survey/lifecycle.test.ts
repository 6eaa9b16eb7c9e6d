import { describe, expect, it } from 'vitest';
import { Conflict } from '#lib/domain/errors.ts';
import type { Status } from '#lib/domain/survey/definition.ts';
import { next, stateAt, stepsFrom, type Step } from '#lib/domain/survey/lifecycle.ts';

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
		expect(next({ status: from, archivedAt: null }, step)).toBe(to);
	});

	it.each(cases.filter(({ to }) => to === null))('$step is refused when $from, with what to do', ({ step, from }) => {
		expect(() => next({ status: from, archivedAt: null }, step)).toThrow(Conflict);
		expect(() => next({ status: from, archivedAt: null }, step)).toThrow(/\. [A-Z].+\.$|, and takes no answers\.$/);
	});

	it('offers only the steps that change something', () => {
		const offered = statuses.map((status) => stepsFrom({ status, archivedAt: null }));
		expect(offered).toEqual([[], ['pause', 'close'], ['resume', 'close'], ['reopen']]);
	});

	it.each(cases)('$step is refused to an archived survey, which would take no answers after it', ({ step, from }) => {
		const archived = { status: from, archivedAt: new Date('2026-03-02T09:00:00Z') };
		expect(() => next(archived, step)).toThrow('Take it out of the archive');
		expect(stepsFrom(archived)).toEqual([]);
	});
});

describe('the state at a moment', () => {
	const now = new Date('2026-03-02T09:00:00Z');
	const [before, after] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
	const plain = { status: 'live', opensAt: null, closesAt: null, quota: null, archivedAt: null } as const;
	const at = (given: Partial<Parameters<typeof stateAt>[0]>, answers = 0) =>
		stateAt({ ...plain, ...given }, now, answers).kind;

	it.each<[string, Partial<Parameters<typeof stateAt>[0]>, number, string]>([
		['is open without schedule and quota', {}, 1e6, 'open'],
		['opens at its moment sharp', { opensAt: now }, 0, 'open'],
		['is not open a millisecond before', { opensAt: after }, 0, 'scheduled'],
		['is closed at its moment sharp', { closesAt: now }, 0, 'ended'],
		['is open a millisecond before', { closesAt: after }, 0, 'open'],
		['is open in between', { opensAt: before, closesAt: after }, 0, 'open'],
		['that closes before it opens is over', { opensAt: after, closesAt: before }, 0, 'ended'],
		['takes the last answer of its quota', { quota: 10 }, 9, 'open'],
		['takes none beyond it', { quota: 10 }, 10, 'full'],
		['with more than its quota is full', { quota: 10 }, 11, 'full'],
		['that is over is not said to be full', { quota: 10, closesAt: now }, 10, 'ended'],
		['that is to open and is full already says when it opens', { quota: 1, opensAt: after }, 1, 'scheduled'],
		['paused says so, whatever its schedule', { status: 'paused', opensAt: after }, 0, 'paused'],
		['closed says so, whatever its schedule', { status: 'closed', opensAt: after }, 0, 'closed'],
		['a draft says so, whatever its schedule', { status: 'draft', opensAt: before }, 0, 'draft'],
		['archived says so, whatever else it is', { archivedAt: before, status: 'closed', quota: 1 }, 9, 'archived'],
	])('%s', (_, given, answers, kind) => {
		expect(at(given, answers)).toBe(kind);
	});
});
