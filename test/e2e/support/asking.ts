// Asks the running product by HTTP as a program would: no cookie jar, no redirects followed, any header.
import type { Product } from './product.ts';

export type Reply = { status: number; headers: Headers; text: string };

export type Asking = {
	method?: string;
	fields?: Record<string, string>;
	/** In place of fields. A stream is sent in chunks without a Content-Length. */
	body?: string | ReadableStream;
	headers?: Record<string, string>;
	/** The product's own when left out; null sends none. */
	origin?: string | null;
};

export const ask = async (product: Product, path: string, asking: Asking = {}): Promise<Reply> => {
	const { fields, origin = product.url } = asking;
	const body = asking.body ?? (fields && new URLSearchParams(fields));
	const method = asking.method ?? (body === undefined ? 'GET' : 'POST');
	const answer = await fetch(product.address + path, {
		method,
		redirect: 'manual',
		headers: {
			accept: 'text/html',
			...(method !== 'GET' && origin !== null && { origin }),
			...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
			...asking.headers,
		},
		...(body !== undefined && { body, duplex: 'half' }),
	} as RequestInit);
	return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

/** The cookie of a Set-Cookie header, as a browser sends it back. */
export const cookieIn = ({ headers }: Reply): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';

export const owner = {
	name: 'Mia Perera',
	email: 'mia@shop.lk',
	password: 'correct horse battery',
	workspaceName: 'Corner Shop',
	timeZone: 'UTC',
	language: 'en',
};

/** The code that a start printed, where strangers could be the first visitor. */
export const setupCodeOf = (product: Product): string =>
	/Set-up code[^:]*: ([A-Z0-9-]+)/.exec(product.output())?.[1] ?? '';

/** Makes the first owner and returns the reply, which holds their cookie. */
export const setUp = (product: Product): Promise<Reply> =>
	ask(product, '/setup', { fields: { ...owner, code: setupCodeOf(product) } });
