import { expect, test, type Page } from '@playwright/test';
import fc from 'fast-check';
import { typedOf } from '#lib/domain/response/typed.ts';
import type { AnswerValue } from '#lib/domain/survey/answer-value.ts';
import * as flow from '#lib/domain/survey/flow.ts';
import { scaleOf, scoresOf } from '#lib/domain/survey/metric.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import type { ResponseRow } from '#lib/server/db/rows/response.ts';
import { makeInvitation, makeSurvey } from '#test/support/factories.ts';
import { randomAnswer } from '#test/support/random-answer.ts';
import { randomSurvey } from '#test/support/random-survey.ts';
import { answerAll, formOf, hidden, pageFields, send, stepOf, type Plan } from './support/answering.ts';
import { furnish, type Furnished } from './support/workspace.ts';

let shop: Furnished;
test.beforeAll(async () => {
	shop = await furnish();
});
test.afterAll(() => shop.stop());

const answers = (surveyId: string) =>
	shop.ctx.db.models.responses.find({ surveyId: new ObjectId(surveyId) }).lean<ResponseRow[]>();

/** A survey, and what somebody says to each of its questions; optional ones they may leave out. */
const plans = randomSurvey({ questions: 10, isAnswerable: true }).chain((definition) =>
	fc.record({
		definition: fc.constant({ ...definition, brand: { ...definition.brand, logoId: null } }),
		isInvited: fc.boolean(),
		plan: fc.record({
			score: fc.constantFrom(...scoresOf(scaleOf(definition))),
			comment: fc.constantFrom('', 'Fine <b>&amp;', 'two\nlines'),
			answers: fc
				.tuple(
					...definition.questions.map((question) =>
						question.isRequired ? randomAnswer(question) : fc.option(randomAnswer(question), { nil: null }),
					),
				)
				.map(
					(values) =>
						new Map(
							values.flatMap((value, at): [string, AnswerValue][] =>
								value === null ? [] : [[definition.questions[at]!.id, value]],
							),
						),
				),
		}),
	}),
);

const expected = (definition: Definition, plan: Plan) =>
	flow.onPath(definition, { score: plan.score, answers: plan.answers, properties: [], language: 'en' });

const linkTo = async (surveyId: string, isInvited: boolean) =>
	shop.link(
		isInvited ? 'answer' : 'open',
		isInvited ? await makeInvitation(shop.ctx, shop.workspaceId, surveyId) : surveyId,
	);

test('any survey is answered to the end without script, and what is kept is what was sent', async () => {
	test.setTimeout(300_000);
	let asked = 0;
	for (const { definition, plan, isInvited } of fc.sample(plans, { numRuns: 60, seed: 4 })) {
		const id = await makeSurvey(shop.ctx, shop.workspaceId, { definition });
		const path = await linkTo(id, isInvited && definition.metric !== 'enps');
		const { pages, html } = await answerAll(`${shop.product.address}${path}?lang=en`, definition, plan);
		const [row, ...others] = await answers(id);
		expect(others).toEqual([]);
		expect(row!.score).toBe(plan.score);
		expect(row!.comment).toBe(definition.hasComment ? plan.comment : '');
		expect(row!.answers).toEqual(expected(definition, plan));
		const reply = { score: plan.score, answers: plan.answers, properties: [], language: 'en' as const };
		expect(pages.flat()).toEqual(flow.path(definition, reply).map(({ id }) => id));
		// What somebody wrote stands as they wrote it; only the survey's own words are filled.
		if (!JSON.stringify([...plan.answers]).includes('{first name}')) expect(html).not.toContain('{first name}');
		asked += pages.flat().length;
	}
	console.log('Questions asked over HTTP:', asked);
	expect(asked).toBeGreaterThan(80);
});

/** Fills a page's fields by name as a person does. */
const fill = async (page: Page, fields: ReturnType<typeof typedOf>) => {
	for (const [name, values] of Object.entries(fields)) {
		const field = page.locator(`[name="${name}"]`);
		const type = await field.first().getAttribute('type');
		const isList = (await field.first().evaluate((one) => one.tagName)) === 'SELECT';
		for (const value of values ?? [])
			if (isList) await field.selectOption(value);
			else if (type === 'radio' || type === 'checkbox')
				await page.locator(`[name="${name}"][value="${value}"]`).check();
			else await field.fill(value);
	}
};

for (const scripts of [true, false])
	test.describe(scripts ? 'in a browser' : 'in a browser without script', () => {
		test.use({ javaScriptEnabled: scripts, viewport: { width: 320, height: 640 } });
		test('any survey is answered to the end', async ({ page }) => {
			test.setTimeout(240_000);
			for (const { definition, plan, isInvited } of fc.sample(plans, { numRuns: 8, seed: scripts ? 5 : 6 })) {
				const oneLine = new Map(
					[...plan.answers].map(([id, value]) => [id, typeof value === 'string' ? value.replaceAll('\n', ' ') : value]),
				);
				const id = await makeSurvey(shop.ctx, shop.workspaceId, { definition });
				await page.goto(`${shop.product.url}${await linkTo(id, isInvited && definition.metric !== 'enps')}?lang=en`);
				await fill(page, { score: [String(plan.score)] });
				await page.locator('.send').click();
				while ((await page.locator('main').getAttribute('data-step')) === 'more') {
					const at = (await page.locator('[name=at]').getAttribute('value'))!.split(',');
					for (const question of definition.questions) {
						const value = oneLine.get(question.id);
						if (at.includes(question.id) && value !== undefined) await fill(page, typedOf(question, value));
					}
					expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
					await page.locator('.send').first().click();
					await expect(page.locator(`[name=at][value="${at.join(',')}"]`)).toHaveCount(0);
				}
				await expect(page.locator('main')).toHaveAttribute('data-step', 'answered');
				const [row] = await answers(id);
				expect(row!.answers).toEqual(expected(definition, { ...plan, answers: oneLine }));
			}
		});
	});

test('forms that nobody filled in are refused or read as what they are, and break nothing', async () => {
	test.setTimeout(240_000);
	const nasty = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 40 }),
		fc.constantFrom(
			'',
			'9.5',
			'-1',
			'NaN',
			'__proto__',
			'constructor',
			'٣',
			'1e9',
			'[]',
			'{"$gt":""}',
			'o1',
			'yes',
			'other',
			'2026-02-30',
		),
		fc.constant('ක'.repeat(12_000)),
	);
	const names = (definition: Definition) =>
		fc.oneof(
			fc.constantFrom(
				'score',
				'comment',
				'version',
				'key',
				'at',
				'asked',
				'back',
				'contact',
				'email',
				'h.x',
				'changing',
				'to',
			),
			fc.constantFrom('__proto__', 'constructor.prototype', 'a.b.c', '$where', 'q1[]'),
			...(definition.questions.length
				? [fc.constantFrom(...definition.questions.flatMap(({ id }) => [id, `${id}.other`, `${id}.o1`, `${id}.r1`]))]
				: []),
		);
	// An anonymous survey is asked by its open link alone, which keeps nothing to come back to.
	const invited = plans.filter(({ definition }) => definition.metric !== 'enps');
	const attacks = invited.chain((given) =>
		fc.record({
			given: fc.constant(given),
			forms: fc.array(fc.array(fc.tuple(names(given.definition), nasty), { maxLength: 12 }), {
				minLength: 1,
				maxLength: 4,
			}),
		}),
	);
	const statuses = new Map<number, number>();
	for (const { given, forms } of fc.sample(attacks, { numRuns: 60, seed: 9 })) {
		const { definition, plan } = given;
		const id = await makeSurvey(shop.ctx, shop.workspaceId, { definition });
		const address = shop.product.address + (await linkTo(id, true));
		await fetch(address);
		const kept = async () => JSON.stringify((await answers(id)).map(({ score, answers }) => ({ score, answers })));
		for (const pairs of forms) {
			const form = new FormData();
			for (const [name, value] of pairs) form.append(name, value.toWellFormed());
			const { status } = await send(address, form);
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
			expect([200, 400, 409, 413]).toContain(status);
			for (const { score, answers: said } of JSON.parse(await kept()) as ResponseRow[]) {
				expect(scoresOf(scaleOf(definition))).toContain(score);
				for (const { question } of said!) expect(definition.questions.map(({ id }) => id)).toContain(question);
			}
		}
		await answerAll(`${address}?change=1&lang=en`, definition, plan);
		expect((await answers(id))[0]!.score).toBe(plan.score);
	}
	console.log('Hostile forms by status:', JSON.stringify([...statuses]));
});

test('a page that came too early, twice, or from another tab leaves one answer, and the later wins', async () => {
	const { definition, plan } = fc.sample(
		plans.filter(({ definition, plan }) => expected(definition, plan).length > 2 && definition.metric !== 'enps'),
		{ numRuns: 1, seed: 3 },
	)[0]!;
	const id = await makeSurvey(shop.ctx, shop.workspaceId, { definition });
	const address = `${shop.product.address}${shop.link('open', id)}?lang=en`;
	const first = await (await fetch(address)).text();
	const scored = formOf(pageFields(definition, first, plan));
	const pages = await Promise.all(Array.from({ length: 5 }, () => send(address, scored)));
	expect(pages.map(({ html }) => stepOf(html))).toEqual(Array(5).fill('more'));
	expect(await answers(id)).toHaveLength(1);
	const page = pages[0]!.html;
	await Promise.all(Array.from({ length: 5 }, () => send(address, formOf(pageFields(definition, page, plan)))));
	const [row, ...others] = await answers(id);
	expect(others).toEqual([]);
	const at = hidden(page, 'at')!.split(',');
	expect(row!.answers).toEqual(expected(definition, plan).filter(({ question }) => at.includes(question)));
});
