import { describe, expect, test } from 'vitest';
import { markText, placeMarks } from '#lib/charts/marks.ts';
import {
	pointRadii,
	scoreAxis,
	scoreChart,
	scoreText,
	summary,
	type Palette,
	type Period,
} from '#lib/charts/datasets.ts';

const fill = (name: string) => ({ solid: name, hatched: `${name} striped` });
const palette: Palette = {
	fills: { low: fill('orange'), middle: fill('stone'), high: fill('teal') },
	ink: 'ink',
	faint: 'faint',
	line: 'line',
	surface: 'surface',
	interval: 'interval',
	font: 'system-ui',
};
const buckets = [
	{ key: 'detractor', label: 'Detractors', tone: 'low' as const },
	{ key: 'promoter', label: 'Promoters', tone: 'high' as const },
];
const period = (over: Partial<Period> = {}): Period => ({
	from: '2026-01-01',
	label: 'Jan 2026',
	counts: { detractor: 1, promoter: 3 },
	n: 4,
	score: 50,
	isSoFar: false,
	...over,
});
const nps = [-100, 100] as const;
const chart = (periods: Period[]) => scoreChart(periods, buckets, { scoreLabel: 'NPS', range: nps, palette });

describe('the score axis', () => {
	test.each<[string, (number | null)[], readonly [number, number], [min: number, max: number, step: number]]>([
		['shows the whole range where nobody answered', [null, null], nps, [-100, 100, 50]],
		['goes out to whole steps', [-12, 33], nps, [-20, 40, 20]],
		['is at least 40 wide, so that noise stays small', [10, 12], nps, [-10, 40, 10]],
		['never leaves the range at the top', [94.5, 97.3], [0, 100], [60, 100, 10]],
		['never leaves the range at the bottom', [1, 2], [0, 100], [0, 40, 10]],
		['shows a perfect score', [100], nps, [60, 100, 10]],
		['holds the two ends', [-100, 100], nps, [-100, 100, 50]],
	])('%s', (_name, scores, range, [min, max, step]) => {
		const periods = scores.map((score) => period({ score }));
		expect(scoreAxis(periods, range)).toEqual({ min, max, step });
	});

	test('holds the line that scores are held against', () => {
		const line = { at: 40, label: '40 %' };
		expect(scoreAxis([period({ score: 90 })], [0, 100], line)).toMatchObject({ min: 20, max: 100 });
		const drawn = scoreChart([period(), period({ score: 60 })], buckets, {
			scoreLabel: 'PMF',
			range: [0, 100],
			palette,
			line,
		});
		expect(drawn.data.datasets.find(({ label }) => label === '40 %')?.data).toEqual([40, 40]);
		expect(chart([period()]).data.datasets).toHaveLength(2 + buckets.length);
	});

	test('has room for the uncertainty', () => {
		expect(scoreAxis([period({ score: 0, low: -38, high: 38 })], nps)).toEqual({ min: -60, max: 60, step: 20 });
	});
});

describe('the chart', () => {
	const months = [
		period(),
		period({ from: '2026-02-01', label: 'Feb 2026', counts: {}, n: 0, score: null }),
		period({ from: '2026-03-01', label: 'Mar 2026', score: 0, isSoFar: true, low: -20, high: 20 }),
	];
	const [score, interval, detractors, promoters] = chart(months).data.datasets;

	test('leaves a gap where nobody answered, and never a zero', () => {
		expect(score).toMatchObject({ type: 'line', data: [50, null, 0], spanGaps: false });
	});

	test('stacks the buckets in the order given, with nothing as 0', () => {
		expect(detractors).toMatchObject({ label: 'Detractors', stack: 'answers', data: [1, 0, 1] });
		expect(promoters).toMatchObject({ label: 'Promoters', stack: 'answers', data: [3, 0, 3] });
	});

	test('stripes the running period and says "so far"', () => {
		expect(detractors!.backgroundColor).toEqual(['orange', 'orange', 'orange striped']);
		expect(chart(months).data.labels).toEqual(['Jan 2026', 'Feb 2026', ['Mar 2026', 'so far']]);
	});

	test('shows the uncertainty only where it is known', () => {
		expect(interval!.data).toEqual([null, null, [-20, 20]]);
	});
});

test('draws a lone answer among many days as a point, the others as a line only', () => {
	const days = Array.from({ length: 90 }, (_, day) => period({ score: day % 30 === 10 || day < 5 ? 20 : null }));
	const radii = pointRadii(days);
	expect(radii[10]).toBeGreaterThan(0);
	expect(radii[2]).toBe(0);
});

test.each<[Pick<Period, 'score' | 'low' | 'high'>, string]>([
	[{ score: null }, '–'],
	[{ score: -12.4 }, '−12'],
	[{ score: -12.4, low: -17, high: -7.6 }, '−12 (−17 to −8)'],
	[{ score: -0.2 }, '0'],
])('writes the score %j as "%s"', (given, text) => {
	expect(scoreText(given)).toBe(text);
});

test('tells in a sentence what the chart shows', () => {
	expect(summary([period({ score: -20 }), period({ label: 'Mar 2026', score: -12, isSoFar: true })], 'NPS')).toBe(
		'NPS over time: from −20 in Jan 2026 to −12 in Mar 2026, so far, from 8 answers. The table below has every number.',
	);
	expect(summary([period({ score: null, n: 0 })], 'NPS')).toBe('NPS: no answers yet.');
});

describe('marks of versions', () => {
	const months = ['2026-01-01', '2026-02-01', '2026-03-01'].map((from) => period({ from, label: from.slice(0, 7) }));
	const mark = (day: string) => ({ day, version: 3, reasons: ['Scale shown as stars instead of faces'] });

	test.each([
		['on the first day of a period', '2026-02-01', 1, 0],
		['half-way through a period', '2026-02-15', 1, 0.5],
		['in the last period, taken to be as long as the one before', '2026-03-15', 2, 0.5],
		['after the last period, at its end', '2026-09-01', 2, 1],
	])('%s', (_, day, index, within) => {
		expect(placeMarks(months, [mark(day)])).toEqual([{ ...mark(day), index, within }]);
	});

	test('before the first period are left out', () => {
		expect(placeMarks(months, [mark('2025-12-31')])).toEqual([]);
		expect(placeMarks([], [mark('2025-12-31')])).toEqual([]);
	});

	test('are drawn, and said to those who do not see them', () => {
		const placed = placeMarks(months, [mark('2026-02-15')]);
		const { options } = scoreChart(months, buckets, { scoreLabel: 'NPS', range: nps, palette, marks: placed });
		expect(options?.plugins?.versionMarks).toMatchObject({ at: placed, ink: 'ink' });
		expect(summary(months, 'NPS', placed)).toContain(`2026-02: comparison ends. ${markText(mark('2026-02-15'))}.`);
	});
});
