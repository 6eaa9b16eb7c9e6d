// Somebody who comes back by their link, without script: to go on, to change, or to take back.
import { expect, test, type Page } from '@playwright/test';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { newQuestion, type Question } from '#lib/domain/survey/question.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import type { ResponseRow } from '#lib/server/db/rows/response.ts';
import { makeInvitation, makeSurvey } from '#test/support/factories.ts';
import { formOf, send } from './support/answering.ts';
import { furnish, type Furnished } from './support/workspace.ts';

test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

let shop: Furnished;
test.beforeAll(async () => {
	shop = await furnish();
});
test.afterAll(() => shop.stop());

const answers = (surveyId: string) =>
	shop.ctx.db.models.responses.find({ surveyId: new ObjectId(surveyId) }).lean<ResponseRow[]>();

const ids = ['q1', 'q2', 'q3', 'q4', 'q5'];
const five = () => ids.map((id) => newQuestion(id === 'q5' ? 'one-choice' : 'yes-no', id));
const asking = (questions: Question[]): Partial<Definition> => ({
	questions,
	endings: { promoter: { kind: 'permission' } },
	texts: {
		en: {
			questions: Object.fromEntries(
				ids.map((id) => [id, { title: `Question ${id}`, options: { o1: 'Tea', o2: 'Cake' } }]),
			),
		},
	},
});
const begin = async (questions = five) => {
	const id = await makeSurvey(shop.ctx, shop.workspaceId, { definition: asking(questions()) });
	return { id, link: shop.product.url + shop.link('answer', await makeInvitation(shop.ctx, shop.workspaceId, id)) };
};
const says = (page: Page, question: string, answer: string) =>
	page.getByRole('group', { name: question }).getByRole('radio', { name: answer });

test('goes on where they left, and can change what they gave', async ({ page }) => {
	const { id, link } = await begin();
	await page.goto(`${link}?score=9`);
	await page.getByRole('button', { name: 'Send answer' }).click();
	await page.goto(`${link}?score=9`);
	await says(page, 'Question q1', 'Yes').check();
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByText('Question q5')).toBeVisible();

	await page.goto(link);
	await expect(page.getByText('Question q5')).toBeVisible();
	await expect(page.getByText('Question q1')).toHaveCount(0);
	await says(page, 'Question q5', 'Cake').check();
	await page.getByRole('button', { name: 'Change your answer' }).click();
	expect(await answers(id), 'what was ticked goes along').toMatchObject([
		{ score: 9, answers: [{ question: 'q1' }, { question: 'q5' }] },
	]);
	await page.getByRole('radio', { name: '10 of 10' }).check();
	await page.getByRole('button', { name: 'Save change' }).click();
	await expect(says(page, 'Question q1', 'Yes')).toBeChecked();
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');

	await page.goto(link);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have already answered. Thank you.');
	expect(await answers(id)).toMatchObject([{ score: 10 }]);
});

test('can still change what they gave after a page that was not right', async ({ page }) => {
	const { link } = await begin(() => [newQuestion('number', 'q1')]);
	await page.goto(`${link}?score=9`);
	await page.getByRole('button', { name: 'Send answer' }).click();
	await page.goto(link);
	await page.getByLabel('Question q1').fill('many');
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByText('Write a number in digits.')).toBeVisible();
	await page.getByRole('button', { name: 'Change your answer' }).click();
	await expect(page.getByRole('radio', { name: '9 of 10' })).toBeChecked();
});

test('is not asked again what they left empty', async ({ page }) => {
	const { link } = await begin();
	await page.goto(`${link}?score=3`);
	for (const name of ['Send answer', 'Continue']) await page.getByRole('button', { name }).click();
	await page.goto(link);
	await expect(page.getByText('Question q5')).toBeVisible();
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
	await page.goto(link);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have already answered. Thank you.');
});

test('finds what they gave, and nothing to go on with, once it can be changed no more', async ({ page }) => {
	const { id, link } = await begin();
	await page.goto(`${link}?score=9`);
	await page.getByRole('button', { name: 'Send answer' }).click();
	const answeredAt = new Date(Date.now() - 25 * 3_600_000);
	await shop.ctx.db.models.responses.updateOne({ surveyId: new ObjectId(id) }, { $set: { answeredAt } });
	await page.goto(link);
	await expect(page.getByText('The time for changing your answer is over')).toBeVisible();
	await expect(page.getByRole('button')).toHaveCount(0);
});

test('takes a choice back where none is needed', async ({ page }) => {
	const { id, link } = await begin();
	await page.goto(`${link}?score=3`);
	await page.getByRole('button', { name: 'Send answer' }).click();
	await expect(page.getByRole('radio', { name: 'No answer' })).toHaveCount(0);
	await says(page, 'Question q1', 'Yes').check();
	await says(page, 'Question q2', 'No').first().check();
	await expect(page.getByRole('radio', { name: 'No answer' })).toHaveCount(2);
	await says(page, 'Question q1', 'No answer').check();
	const { height, width } = (await page.locator('.none:visible').first().boundingBox())!;
	expect(Math.min(height, width)).toBeGreaterThanOrEqual(44);
	await page.getByRole('button', { name: 'Continue' }).click();
	expect((await answers(id))[0]!.answers).toEqual([{ question: 'q2', value: false }]);
	await page.getByRole('button', { name: 'Back' }).click();
	await says(page, 'Question q2', 'No answer').check();
	await page.getByRole('button', { name: 'Continue' }).click();
	expect((await answers(id))[0]!.answers).toEqual([]);
});

test('is still thanked where the address to write to was wrong', async ({ page }) => {
	const { id } = await begin(() => []);
	await page.goto(shop.product.url + shop.link('open', id));
	await page.getByRole('radio', { name: '9 of 10' }).check();
	await page.getByRole('button', { name: 'Send answer' }).click();
	await page.getByRole('textbox').fill('ann@');
	await page.getByRole('button', { name: 'Yes' }).click();
	await expect(page.getByRole('alert')).toBeVisible();
	await expect(page.getByRole('textbox')).toHaveValue('ann@');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
	expect(await answers(id)).toMatchObject([{ mayContact: null, contactEmail: null }]);
});

test('takes a permission back at any time, and gives it no more', async ({ page }) => {
	const { id, link } = await begin();
	await page.goto(`${link}?score=9`);
	for (const name of ['Send answer', 'Continue', 'Continue', 'Yes, you may contact me'])
		await page.getByRole('button', { name }).click();
	await expect(page.getByText('may contact you about your answer')).toBeVisible();
	const answeredAt = new Date(Date.now() - 400 * 86_400_000);
	await shop.ctx.db.models.responses.updateOne({ surveyId: new ObjectId(id) }, { $set: { answeredAt } });
	await shop.ctx.db.models.surveys.updateOne({ _id: id }, { $set: { status: 'closed' } });

	await page.goto(link);
	await page.getByRole('button', { name: 'Please do not contact me' }).click();
	await expect(page.getByText('Nobody will contact you')).toBeVisible();
	await expect(page.getByRole('button')).toHaveCount(0);
	expect(await answers(id)).toMatchObject([{ mayContact: false, score: 9 }]);
	const yes = formOf({ contact: ['yes'] });
	expect((await send(link.replace('heed.test', '127.0.0.1'), yes)).status).toBe(410);
	expect(await answers(id)).toMatchObject([{ mayContact: false }]);
});
