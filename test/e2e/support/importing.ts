// Uploads a file as a browser does, and follows what becomes of it.
import { expect } from '@playwright/test';
import { ask } from './asking.ts';
import type { Product } from './product.ts';

export type Uploading = { slug: string; cookie: string; kind: 'people' | 'answers'; text: string; fileName?: string };

/** Uploads a CSV and returns the path of its import. */
export const uploadCsv = async (
	product: Product,
	{ slug, cookie, kind, text, fileName = 'a.csv' }: Uploading,
): Promise<string> => {
	const body = new FormData();
	body.set('file', new File([text], fileName, { type: 'text/csv' }));
	const path = kind === 'people' ? `/w/${slug}/people/import` : `/w/${slug}/imports/answers`;
	const headers = { cookie, origin: product.url, accept: 'text/html' };
	const answer = await fetch(product.address + path, { method: 'POST', redirect: 'manual', headers, body });
	expect(answer.status, await answer.text()).toBe(303);
	return answer.headers.get('location')!;
};

export type Progress = { status: string; nextRow: number; done: number };

/** How far an import is. */
export const progressOf = async (product: Product, path: string, cookie: string): Promise<Progress> => {
	const { text } = await ask(product, `${path}/progress`, { headers: { cookie } });
	const [status, nextRow, done] = (JSON.parse(text) as { revision: string }).revision.split(':');
	return { status: status!, nextRow: Number(nextRow), done: Number(done) };
};

/** Starts an import with a role for each column, and waits until it is done. */
export const runImport = async (product: Product, path: string, cookie: string, roles: readonly string[]) => {
	const fields = Object.fromEntries(roles.map((role, index) => [`columns.${index}`, role]));
	expect((await ask(product, `${path}?/start`, { fields, headers: { cookie } })).status).toBe(303);
	await expect.poll(async () => (await progressOf(product, path, cookie)).status, { timeout: 30_000 }).toBe('done');
};
