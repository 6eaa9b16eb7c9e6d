// The only place that runs Chart.js: registers the few parts we use and draws on a canvas.
import {
	BarController,
	BarElement,
	CategoryScale,
	Chart,
	LinearScale,
	LineController,
	LineElement,
	PointElement,
	Tooltip,
} from 'chart.js';
import type { Palette, ScoreChartConfiguration } from './datasets.ts';
import { versionMarks } from './marks.ts';

/** Draws, and gives back how to draw again and how to stop. */
export function draw(canvas: HTMLCanvasElement, first: ScoreChartConfiguration) {
	Chart.register(
		BarController,
		BarElement,
		CategoryScale,
		LinearScale,
		LineController,
		LineElement,
		PointElement,
		Tooltip,
		versionMarks,
	);
	const chart = new Chart(canvas, first);
	return {
		redraw(next: ScoreChartConfiguration) {
			chart.data = next.data;
			chart.options = next.options ?? {};
			chart.update('none');
		},
		stop: () => chart.destroy(),
	};
}

/** The theme's colours as the browser resolves them at `host`. */
export function readPalette(host: HTMLElement): Palette {
	const probe = host.appendChild(document.createElement('span'));
	probe.style.transition = 'none';
	// The colours of buckets are the data, which a forced palette leaves alone; the rest is the palette's.
	const resolve = (name: string, isData = false) => {
		probe.style.forcedColorAdjust = isData ? 'none' : 'auto';
		probe.style.color = `var(${name})`;
		return getComputedStyle(probe).color;
	};
	const fill = (tone: 'low' | 'middle' | 'high') => ({
		solid: resolve(`--${tone}`, true),
		hatched: hatch(resolve(`--${tone}`, true), resolve(`--${tone}-soft`, true)),
	});
	const palette = {
		fills: { low: fill('low'), middle: fill('middle'), high: fill('high') },
		ink: resolve('--ink'),
		faint: resolve('--ink-faint'),
		line: resolve('--line'),
		surface: resolve('--surface'),
		interval: resolve('--interval'),
		font: getComputedStyle(host).fontFamily,
	};
	probe.remove();
	return palette;
}

/** Diagonal stripes, 6 px apart. */
function hatch(stripe: string, ground: string): string | CanvasPattern {
	const tile = document.createElement('canvas');
	tile.width = tile.height = 6;
	const brush = tile.getContext('2d');
	if (!brush) return ground;
	brush.fillStyle = ground;
	brush.fillRect(0, 0, 6, 6);
	brush.strokeStyle = stripe;
	brush.lineWidth = 1.75;
	for (const shift of [-6, 0, 6]) {
		brush.moveTo(shift - 1, 7);
		brush.lineTo(shift + 7, -1);
	}
	brush.stroke();
	return brush.createPattern(tile, 'repeat') ?? ground;
}
