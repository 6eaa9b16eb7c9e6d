import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileInvitation } from '#emails/survey-invitation.ts';
import { languages, type Language } from '#lib/domain/survey/language.ts';
import { lengthsOf, looksOf, metrics, scoresOf, type Metric, standardScale } from '#lib/domain/survey/metric.ts';
import { designOf, links } from './design.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

type Box = { x: number; y: number; width: number; height: number };
const overlap = (a: Box, b: Box) =>
	a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe.skipIf(!existsSync(executablePath))(`the survey mail on a screen (needs ${executablePath})`, () => {
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
		// No pictures and no network: what is left must do.
		const context = await browser.newContext({ javaScriptEnabled: true, offline: true });
		page = await context.newPage();
	});
	afterAll(() => browser?.close());

	const open = async (
		metric: Metric,
		language: Language,
		width: number,
		colorScheme: 'light' | 'dark' = 'light',
		changes: Parameters<typeof designOf>[2] = {},
	) => {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 700 });
		const write = await compileInvitation(designOf(metric, language, changes));
		await page.setContent(write(links).html, { waitUntil: 'load' });
		const boxes: Box[] = [];
		for (const link of await page.locator('a[href*="score="]').all()) boxes.push((await link.boundingBox())!);
		const scrollsSideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
		return { boxes, scrollsSideways };
	};

	const cases = metrics.flatMap((metric) => languages.map((language) => [metric, language] as const));

	// 304: what Gmail's own margins leave of 320.
	test.each(cases)(
		'%s in %s: each link is at least 44 by 44 pixels and apart at 320 and 304',
		async (metric, language) => {
			for (const width of [320, 304]) {
				const { boxes, scrollsSideways } = await open(metric, language, width);
				expect(boxes).toHaveLength(scoresOf(standardScale(metric)).length);
				for (const box of boxes) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
				for (const [index, box] of boxes.entries())
					expect(boxes.slice(index + 1).some((other) => overlap(box, other))).toBe(false);
				expect(scrollsSideways).toBe(false);
			}
		},
	);

	const others = metrics.flatMap((metric) =>
		lengthsOf(metric).flatMap((points) =>
			looksOf(metric, points)
				.filter((look) => points !== lengthsOf(metric)[0] || look !== looksOf(metric, points)[0])
				.map((look) => [metric, points, look] as const),
		),
	);

	test.each(others)(
		'%s of %i points as %s: each link is big enough and apart, in either order',
		async (metric, points, look) => {
			for (const [language, order] of [
				['en', 'low-first'],
				['ta', 'high-first'],
				['ar', 'low-first'],
			] as const) {
				const { boxes, scrollsSideways } = await open(metric, language, 304, 'light', {
					scale: { points, look, order },
				});
				expect(boxes).toHaveLength(points);
				for (const box of boxes) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
				for (const [index, box] of boxes.entries())
					expect(boxes.slice(index + 1).some((other) => overlap(box, other))).toBe(false);
				expect(scrollsSideways).toBe(false);
			}
		},
	);

	const brands = [
		{ scheme: 'dark', corner: 'round', typeface: 'serif' },
		{ colour: '#ffd400', background: { light: '#fff4d6', dark: '#2b2200' }, corner: 'square', typeface: 'mono' },
		{ scheme: 'light', background: { light: '#7a7a7a', dark: null } },
	] as const;
	test.each(brands)('can be read in the brand %j', async (brand) => {
		for (const scheme of ['light', 'dark'] as const)
			for (const metric of ['nps', 'csat'] as const) {
				await open(metric, 'en', 600, scheme, { brand });
				expect(await breaches()).toEqual([]);
			}
	});

	test('eleven numbers stand in two rows on a phone and in one where there is room', async () => {
		const rows = async (width: number) => new Set((await open('nps', 'en', width)).boxes.map(({ y }) => y)).size;
		expect([await rows(320), await rows(600)]).toEqual([2, 1]);
	});

	test('numbers run the way the language is read', async () => {
		const runsRight = async (language: Language) => {
			const { boxes } = await open('nps', language, 600);
			return boxes[10]!.x > boxes[0]!.x;
		};
		expect([await runsRight('en'), await runsRight('ar')]).toEqual([true, false]);
	});

	const breaches = async () => {
		await page.addScriptTag({ path: new URL('../../node_modules/axe-core/axe.min.js', import.meta.url).pathname });
		return page.evaluate(async () => {
			const { axe } = window as unknown as {
				axe: {
					run(options: { runOnly: string[] }): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
				};
			};
			return (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })).violations.map(
				({ id, nodes }) => `${id}: ${nodes[0]!.html}`,
			);
		});
	};

	test.each(metrics)('%s: breaks no rule of WCAG 2.2 AA, light and dark', async (metric) => {
		for (const scheme of ['light', 'dark'] as const) {
			await open(metric, 'en', 600, scheme);
			expect(await breaches()).toEqual([]);
		}
	});
});
