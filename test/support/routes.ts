// Asks the product's own route handlers, through the real hook: real session, real guard, real database.
import { isActionFailure, isHttpError, isRedirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { handle } from '../../src/hooks.server.ts';
import { cookieName } from '#lib/server/auth/cookie.ts';
import type { Context } from '#lib/server/context.ts';

type Handler = (event: RequestEvent) => unknown;
type Module = Record<string, unknown> & { load?: Handler; actions?: Record<string, Handler> };

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'fallback'];
const modules = import.meta.glob<Module>('../../src/routes/**/+{page,layout,server,page.server,layout.server}.ts');

/** One thing that can be asked of one file: its load, one of its actions, or one of an endpoint's methods. */
export type Ask = {
	/** "(app)/w/[workspace]/team": the folder under src/routes; "" is the root. */
	route: string;
	/** load, layout, "?/invite" or a method. */
	what: string;
	method: string;
	run: Handler;
};

/** Everything that can be asked, found in the file tree. */
export const findAll = async (): Promise<Ask[]> => {
	const asks: Ask[] = [];
	for (const [path, open] of Object.entries(modules)) {
		const [, route = '', file = ''] = /src\/routes\/(.*?)\/?(\+[a-z.]+)\.ts$/.exec(path)!;
		const module = await open();
		const add = (what: string, method: string, run: unknown) => asks.push({ route, what, method, run: run as Handler });
		if (module.load) add(file.includes('layout') ? 'layout' : 'load', 'GET', module.load);
		for (const [name, run] of Object.entries(module.actions ?? {})) add(`?/${name}`, 'POST', run);
		for (const method of methods)
			if (module[method]) add(method, method === 'fallback' ? 'GET' : method, module[method]);
	}
	return asks;
};

/** What came back: a status as a browser would see it, and the words, data or place that came with it. */
export type Answer = {
	status: number;
	message?: string;
	location?: string;
	data?: unknown;
	/** Name, value and options of each cookie that was set; an empty value forgets it. */
	cookies: { name: string; value: string; options: Record<string, unknown> }[];
};

export type Asking = {
	params?: Record<string, string>;
	query?: string;
	/** A session's token. */
	token?: string | undefined;
	form?: Record<string, string>;
	/** A body in place of a form. */
	body?: string;
	headers?: Record<string, string>;
	/** Null sends none. The product's own when left out. */
	origin?: string | null;
	address?: string;
};

/** "(app)/w/[workspace]/team" with { workspace: "shop" } → "/w/shop/team". */
const pathOf = (route: string, params: Record<string, string>) =>
	'/' +
	route
		.split('/')
		.filter((part) => part && !part.startsWith('('))
		.map((part) =>
			part.replace(/\[+(?:\.\.\.)?([a-zA-Z]+)(?:=\w+)?\]+/g, (_, name: string) => {
				const value = params[name];
				if (value === undefined) throw new Error(`Say in the test what [${name}] of "${route}" is`);
				return value;
			}),
		)
		.join('/');

const cookiesOf = (token: string | undefined, ctx: Context, set: Answer['cookies']): Cookies => {
	const jar = new Map(token ? [[cookieName(ctx.config), token]] : []);
	const keep = (name: string, value: string, options: object) => {
		set.push({ name, value, options: { ...options } });
		jar.set(name, value);
	};
	return {
		get: (name) => jar.get(name),
		getAll: () => [...jar].map(([name, value]) => ({ name, value })),
		set: keep,
		delete: (name, options) => keep(name, '', options),
		serialize: () => '',
	};
};

const read = async (result: unknown): Promise<Omit<Answer, 'cookies'>> => {
	if (result instanceof Response) {
		const location = result.headers.get('location') ?? undefined;
		return {
			status: result.status,
			location,
			data: result,
			message: result.ok ? undefined : await result.clone().text(),
		};
	}
	if (isActionFailure(result)) {
		const { refusal } = result.data as unknown as { refusal: { message: string } };
		return { status: result.status, data: result.data, message: refusal.message };
	}
	return { status: 200, data: result };
};

const readThrown = (problem: unknown): Omit<Answer, 'cookies'> => {
	if (isRedirect(problem)) return { status: problem.status, location: problem.location };
	if (isHttpError(problem)) return { status: problem.status, message: problem.body.message };
	throw problem;
};

/** Asks one thing as a browser would, hook and all. What breaks the product is thrown. */
export const ask = async (ctx: Context, { route, what, method, run }: Ask, asking: Asking = {}): Promise<Answer> => {
	const { params = {}, query = '', token, form = {}, body, headers = {}, origin = ctx.config.PUBLIC_URL } = asking;
	(globalThis as Record<symbol, unknown>)[Symbol.for('heed.context')] = ctx;
	const url = new URL(pathOf(route, params) + (what.startsWith('?/') ? what : query), ctx.config.PUBLIC_URL);
	const fields = new FormData();
	for (const [name, value] of Object.entries(form)) fields.append(name, value);
	const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(method);
	const cookies: Answer['cookies'] = [];
	const event = {
		url,
		params,
		route: { id: `/${route}` },
		request: new Request(url, {
			method,
			headers: { ...headers, ...(hasBody && origin !== null && { origin }) },
			...(hasBody && { body: body ?? fields }),
		}),
		locals: {} as App.Locals,
		cookies: cookiesOf(token, ctx, cookies),
		getClientAddress: () => asking.address ?? '203.0.113.7',
		setHeaders: () => {},
		depends: () => {},
		untrack: <Value>(get: () => Value) => get(),
		fetch,
		platform: undefined,
		isDataRequest: false,
		isSubRequest: false,
		data: null,
	};
	const parent = async () => {
		const found: object[] = [];
		for (const layout of await findAll())
			if (layout.what === 'layout' && route.startsWith(layout.route))
				found.push((await layout.run({ ...event, parent: async () => ({}) } as unknown as RequestEvent)) as object);
		return Object.assign({}, ...found);
	};
	let answer: Omit<Answer, 'cookies'> | null = null;
	try {
		const response = await handle({
			event: event as unknown as RequestEvent,
			resolve: async () => {
				answer = await Promise.resolve(run({ ...event, parent } as unknown as RequestEvent)).then(read, readThrown);
				return new Response();
			},
		});
		return { ...(answer ?? (await read(response))), cookies };
	} catch (problem) {
		return { ...readThrown(problem), cookies };
	}
};

/** The one thing of this name: `await find('(auth)/sign-in', '?/default')`. */
export const find = async (route: string, what: string): Promise<Ask> => {
	const found = (await findAll()).find((each) => each.route === route && each.what === what);
	if (!found) throw new Error(`There is no ${what} in src/routes/${route}`);
	return found;
};
