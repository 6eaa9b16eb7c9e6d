// The builder as a person uses it in a browser: a draft, its steps, and whether it is saved.
import { expect, type Locator, type Page } from '@playwright/test';
import { makeDraft } from './first-visit.ts';
import type { Product } from './product.ts';

export const surveys = '/w/ceylon-tea-house/surveys';

/** Makes a draft and stands in its builder, which listens. */
export const begin = async (page: Page, product: Product, name: string): Promise<void> => {
	await makeDraft(page, product.url + surveys, name);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
	await expect(page.getByRole('button', { name: 'Add a question' })).toBeVisible();
};

export const steps = (page: Page): Locator => page.getByRole('navigation', { name: 'Steps' });
/** What the questions are called in the list, in their order. */
export const titles = (page: Page): Promise<string[]> =>
	steps(page).locator('li[data-question] .title').allTextContents();
/** The field of the question's own words. */
export const title = (page: Page): Locator => page.getByLabel('Question', { exact: true });

export const status = (page: Page): Locator =>
	page.getByRole('status').filter({ hasText: /^(All changes saved|Saving|Not saved)/ });
export const isSaved = (page: Page): Promise<void> => expect(status(page)).toHaveText('All changes saved');

/** Adds a question of a kind and words it. */
export const add = async (page: Page, kind: string, words: string): Promise<void> => {
	await page.getByRole('button', { name: 'Add a question' }).click();
	await page.getByRole('menuitem', { name: kind, exact: true }).click();
	await title(page).fill(words);
};

/** The survey's page as customers see it, in its frame. */
export const preview = (page: Page) => page.frameLocator('iframe[title="The page as customers see it"]');
