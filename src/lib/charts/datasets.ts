// Turns a report's periods into what Chart.js draws: the score above, the answers by bucket below. Pure: colours are given.
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { Tone } from '#lib/domain/survey/metric.ts';
import * as figures from '#lib/components/figures.ts';
import { t } from '#lib/messages/managers.ts';
import { markText, type PlacedMark } from './marks.ts';

export type Period = {
	/** First day, YYYY-MM-DD. */
	from: string;
	/** As shown, such as "Mar 2026". */
	label: string;
	/** Answers by bucket key. */
	counts: Record<string, number>;
	n: number;
	/** Null where nobody answered: a gap, never 0. */
	score: number | null;
	/** Still running: what it shows may change. */
	isSoFar: boolean;
	/** The score's uncertainty, where known. */
	low?: number | null;
	high?: number | null;
	/** In points of the scale, of metrics that have one beside the score. */
	mean?: number;
};
/** What scores are held against, such as 40 % of product-market fit. */
export type ChartLine = { at: number; label: string };
export type ChartBucket = { key: string; label: string; tone: Tone };
export type Range = readonly [min: number, max: number];

/** Resolved colours; `hatched` fills the running period. */
export type Palette = {
	fills: Record<Tone, { solid: string; hatched: string | CanvasPattern }>;
	ink: string;
	faint: string;
	line: string;
	surface: string;
	interval: string;
	font: string;
};
type Cell = number | [number, number] | null;
export type ScoreChartConfiguration = ChartConfiguration<'bar' | 'line', Cell[], string | string[]>;
type Dataset = ChartDataset<'bar' | 'line', Cell[]>;

/** Above this many periods, single points and their uncertainty would only be noise. */
const crowd = 45;

/** Whether the chart has the uncertainty in it; the table always has. */
export const hasIntervals = (periods: readonly Period[]) =>
	periods.length <= crowd && periods.some(({ low, high }) => low != null && high != null);

/**
 * The score axis: what is there with a margin of 5, out to whole steps, at least 40 wide so that noise of a few points
 * does not look like a landslide, and never beyond the range. Scores of −12 and 33 on −100…100 → −20 to 40 by 20.
 */
export function scoreAxis(periods: readonly Period[], [min, max]: Range, line?: ChartLine) {
	const intervals = hasIntervals(periods) ? periods.flatMap(({ low, high }) => [low, high]) : [];
	const values = [...periods.map(({ score }) => score), ...intervals].filter((value) => value != null);
	if (values.length > 0 && line) values.push(line.at);
	if (values.length === 0) return { min, max, step: (max - min) / 4 };
	const [lowest, highest] = [Math.max(min, Math.min(...values) - 5), Math.min(max, Math.max(...values) + 5)];
	const middle = (lowest + highest) / 2;
	const [from, until] = [Math.min(lowest, middle - 20), Math.max(highest, middle + 20)];
	const shift = Math.max(0, min - from) - Math.max(0, until - max);
	const step = until - from <= 50 ? 10 : until - from <= 100 ? 20 : 50;
	return {
		min: Math.max(min, Math.floor((from + shift) / step) * step),
		max: Math.min(max, Math.ceil((until + shift) / step) * step),
		step,
	};
}

/** The score in words, with its uncertainty: "−12 (−17 to −7)". */
export function scoreText({ score, low, high }: Pick<Period, 'score' | 'low' | 'high'>, digits = 0) {
	const text = figures.score(score, digits);
	return score === null || low == null || high == null
		? text
		: t.report_chart_score({ score: text, low: figures.score(low, digits), high: figures.score(high, digits) });
}

/** A point is drawn where there are few of them, and always where both neighbours are missing and no line would show it. */
export function pointRadii(periods: readonly Period[]) {
	return periods.map((period, index) => {
		const isAlone = periods[index - 1]?.score == null && periods[index + 1]?.score == null;
		return isAlone || period.isSoFar || periods.length <= crowd ? 3.5 : 0;
	});
}

/** One chart: bars stacked by bucket, the score as a line that breaks at gaps, its uncertainty as a pale column. */
export function scoreChart(
	periods: readonly Period[],
	buckets: readonly ChartBucket[],
	{
		scoreLabel,
		range,
		palette,
		line,
		marks = [],
	}: {
		scoreLabel: string;
		range: Range;
		palette: Palette;
		line?: ChartLine | undefined;
		marks?: readonly PlacedMark[];
	},
): ScoreChartConfiguration {
	const axis = scoreAxis(periods, range, line);
	const radii = pointRadii(periods);
	const isSoFar = (index: number) => periods[index]?.isSoFar ?? false;
	const ticks = { color: palette.faint, font: { family: palette.font, size: 12 } };

	const score: Dataset = {
		type: 'line',
		label: scoreLabel,
		yAxisID: 'score',
		data: periods.map((period) => period.score),
		spanGaps: false,
		borderColor: palette.ink,
		borderWidth: 2,
		segment: { borderDash: ({ p1DataIndex }) => (isSoFar(p1DataIndex) ? [4, 4] : undefined) },
		pointRadius: radii,
		pointHoverRadius: radii.map((radius) => Math.max(4.5, radius)),
		pointBorderColor: palette.ink,
		pointBorderWidth: 2,
		pointBackgroundColor: periods.map((period) => (period.isSoFar ? palette.surface : palette.ink)),
		order: 0,
	};
	const interval: Dataset = {
		type: 'bar',
		label: t.report_chart_uncertainty(),
		yAxisID: 'score',
		data: periods.map(({ low, high }) => (low == null || high == null ? null : [low, high])),
		hidden: !hasIntervals(periods),
		grouped: false,
		backgroundColor: palette.interval,
		borderRadius: 4,
		borderSkipped: false,
		maxBarThickness: 10,
		order: 1,
	};
	const held: Dataset | null = line
		? {
				type: 'line',
				label: line.label,
				yAxisID: 'score',
				data: periods.map(() => line.at),
				borderColor: palette.faint,
				borderWidth: 1.5,
				borderDash: [2, 4],
				pointRadius: 0,
				pointHoverRadius: 0,
				order: 1,
			}
		: null;
	const bars = buckets.map(({ key, label, tone }): Dataset => ({
		type: 'bar',
		label,
		yAxisID: 'answers',
		stack: 'answers',
		data: periods.map((period) => period.counts[key] ?? 0),
		backgroundColor: periods.map((period) => palette.fills[tone][period.isSoFar ? 'hatched' : 'solid']),
		borderColor: palette.surface,
		borderWidth: { top: 1 },
		maxBarThickness: 44,
		categoryPercentage: 0.9,
		barPercentage: 0.86,
		order: 2,
	}));

	return {
		type: 'bar',
		data: {
			labels: periods.map((period) => (period.isSoFar ? [period.label, t.report_chart_so_far_short()] : period.label)),
			datasets: [score, interval, ...(held ? [held] : []), ...bars],
		},
		options: {
			animation: false,
			maintainAspectRatio: false,
			interaction: { mode: 'index', intersect: false },
			layout: { padding: { top: 6 } },
			scales: {
				x: {
					stacked: true,
					grid: { display: false },
					border: { color: palette.line },
					ticks: { ...ticks, maxRotation: 0 },
				},
				answers: {
					stack: 'panes',
					stackWeight: 2,
					stacked: true,
					beginAtZero: true,
					border: { display: false },
					grid: { color: palette.line },
					title: { display: true, text: t.report_answers(), color: palette.faint, font: ticks.font },
					ticks: { ...ticks, maxTicksLimit: 4, precision: 0, callback: (value) => figures.count(Number(value)) },
				},
				score: {
					stack: 'panes',
					stackWeight: 3,
					offset: true,
					min: axis.min,
					max: axis.max,
					border: { display: false },
					grid: { color: palette.line },
					title: { display: true, text: scoreLabel, color: palette.faint, font: ticks.font },
					ticks: { ...ticks, stepSize: axis.step, callback: (value) => figures.score(Number(value)) },
				},
			},
			plugins: {
				versionMarks: { at: marks, ink: palette.ink, surface: palette.surface, font: palette.font },
				tooltip: {
					filter: ({ dataset }) => dataset !== interval && dataset !== held,
					callbacks: {
						title: ([first]) => {
							const period = first && periods[first.dataIndex];
							return period ? periodText(period) : '';
						},
						label: ({ dataset, dataIndex }) => {
							const period = periods[dataIndex]!;
							if (dataset.yAxisID === 'score') return ` ${scoreLabel} ${scoreText(period)}`;
							const count = Number(dataset.data[dataIndex]);
							return ` ${dataset.label} ${figures.count(count)} (${figures.share(count, period.n)})`;
						},
						footer: ([first]) => t.common_answers({ n: first ? periods[first.dataIndex]!.n : 0 }),
					},
				},
			},
		},
	};
}

/** A period's name: "Mar 2026, so far". */
const periodText = ({ label, isSoFar }: Period) => (isSoFar ? t.report_chart_period_so_far({ period: label }) : label);

/** What the chart shows, in words for those who do not see it. */
export function summary(periods: readonly Period[], scoreLabel: string, marks: readonly PlacedMark[] = []) {
	const scored = periods.filter((period) => period.score !== null);
	const [first, last] = [scored[0], scored.at(-1)];
	if (!first || !last) return t.report_chart_none({ name: scoreLabel });
	const n = periods.reduce((sum, period) => sum + period.n, 0);
	const at = (period: Period) => ({ score: figures.score(period.score), period: periodText(period) });
	const changes = marks.map((mark) =>
		t.report_chart_comparison_ends({ period: periods[mark.index]!.label, mark: markText(mark) }),
	);
	if (first === last) return [t.report_chart_one({ name: scoreLabel, n, ...at(first) }), ...changes].join(' ');
	const [from, to] = [at(first), at(last)];
	const line = {
		name: scoreLabel,
		n,
		first: from.score,
		firstPeriod: from.period,
		last: to.score,
		lastPeriod: to.period,
	};
	return [t.report_chart_from_to(line), ...changes, t.report_chart_see_table()].join(' ');
}
