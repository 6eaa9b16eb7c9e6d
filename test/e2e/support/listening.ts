// When a page's scripts have taken over; and how to keep them away for a while.
import type { Page } from '@playwright/test';

/** Waits until SvelteKit runs the page: it then looks after scrolling itself. */
export const listens = (page: Page): Promise<unknown> =>
	page.waitForFunction(() => history.scrollRestoration === 'manual');

/** Holds the page's scripts back, as a slow line does, until the returned function is called. */
export const holdScripts = async (page: Page): Promise<() => Promise<void>> => {
	let release = () => {};
	const gate = new Promise<void>((done) => (release = done));
	await page.route('**/_app/immutable/**/*.js', async (route) => {
		await gate;
		await route.continue();
	});
	return async () => {
		release();
		await listens(page);
	};
};
