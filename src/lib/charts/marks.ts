// Lines down a chart where the wording or the scale became another: scores on both sides are not to be compared.
import type { ChartType, Plugin } from 'chart.js';
import { daysBetween } from '#lib/domain/time/day.ts';
import { t } from '#lib/messages/managers.ts';

export type ChartMark = {
	/** The day it was published, YYYY-MM-DD. */
	day: string;
	version: number;
	/** What became another, such as "Scale shown as stars instead of faces". */
	reasons: readonly string[];
};

/** A mark in its period: `within` is how far into it, from 0 at its first day up to 1. */
export type PlacedMark = ChartMark & { index: number; within: number };

export type MarkOptions = { at: readonly PlacedMark[]; ink: string; surface: string; font: string };

declare module 'chart.js' {
	interface PluginOptionsByType<TType extends ChartType> {
		versionMarks?: MarkOptions & { type?: TType };
	}
}

/** The marks that fall into these periods: one of 16 February lies half-way through February. */
export const placeMarks = (periods: readonly { from: string }[], marks: readonly ChartMark[]): PlacedMark[] =>
	marks.flatMap((mark) => {
		const index = periods.findLastIndex(({ from }) => from <= mark.day);
		if (index < 0) return [];
		const from = periods[index]!.from;
		const [start, end] =
			index + 1 < periods.length ? [from, periods[index + 1]!.from] : [periods[index - 1]?.from ?? from, from];
		const days = Math.max(1, daysBetween(start, end));
		return [{ ...mark, index, within: Math.min(1, daysBetween(from, mark.day) / days) }];
	});

/** A mark in words: "Version 3: Scale shown as stars instead of faces". */
export const markText = ({ version, reasons }: Pick<ChartMark, 'version' | 'reasons'>): string =>
	t.report_chart_mark({ version, reasons: reasons.join('; ') });

/** Draws the lines over everything, each with its version at the top. */
export const versionMarks: Plugin<'bar' | 'line', MarkOptions> = {
	id: 'versionMarks',
	afterDatasetsDraw({ ctx, chartArea, scales }, _args, { at, ink, surface, font }) {
		const x = scales.x;
		if (!x || !at?.length) return;
		const width = chartArea.width / Math.max(1, x.ticks.length && x.max - x.min + 1);
		ctx.save();
		for (const { index, within, version } of at) {
			const left = Math.round(x.getPixelForValue(index) + (within - 0.5) * width) + 0.5;
			ctx.strokeStyle = ink;
			ctx.lineWidth = 1;
			ctx.setLineDash([3, 3]);
			ctx.beginPath();
			ctx.moveTo(left, chartArea.top);
			ctx.lineTo(left, chartArea.bottom);
			ctx.stroke();
			const label = `v${version}`;
			ctx.font = `500 11px ${font}`;
			const room = ctx.measureText(label).width + 8;
			const start = Math.min(chartArea.right - room, Math.max(chartArea.left, left - room / 2));
			ctx.setLineDash([]);
			ctx.fillStyle = surface;
			ctx.fillRect(start, chartArea.top, room, 16);
			ctx.strokeRect(Math.round(start) + 0.5, chartArea.top + 0.5, Math.round(room), 16);
			ctx.fillStyle = ink;
			ctx.textAlign = 'center';
			ctx.textBaseline = 'middle';
			ctx.fillText(label, start + room / 2, chartArea.top + 8.5);
		}
		ctx.restore();
	},
};
