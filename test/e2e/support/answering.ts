// Answers a survey as a browser without script does: forms sent over HTTP, page after page, until the thanks.
import { typedOf, type Typed } from '#lib/domain/response/typed.ts';
import type { AnswerValue } from '#lib/domain/survey/answer-value.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';

export type Plan = {
	score: number;
	comment: string;
	/** By question id; what is not in it is left empty. */
	answers: ReadonlyMap<string, AnswerValue>;
};

/** The value of a hidden field, or null when the page has none of this name. */
export const hidden = (html: string, name: string): string | null =>
	new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? null;

/** Which step a page shows. */
export const stepOf = (html: string): string | null => /data-step="(\w+)"/.exec(html)?.[1] ?? null;

export const formOf = (fields: Typed): FormData => {
	const form = new FormData();
	for (const [name, values] of Object.entries(fields)) for (const value of values ?? []) form.append(name, value);
	return form;
};

/** Sends a form and follows where it leads: the status of the answer, and the page. */
export const send = async (url: string, form: FormData): Promise<{ status: number; html: string; url: string }> => {
	const response = await fetch(url, { method: 'POST', body: form, headers: { accept: 'text/html' } });
	return { status: response.status, html: await response.text(), url: response.url };
};

/** The fields of one page: everything hidden in it, and the planned answers to what it asks. */
export const pageFields = (definition: Definition, html: string, plan: Plan): Typed => {
	const carried = ['version', 'lang', 'key', 'changing', 'asked', 'at'].flatMap((name) => {
		const value = hidden(html, name);
		return value === null ? [] : [[name, [value]]];
	});
	const at = hidden(html, 'at')?.split(',') ?? null;
	const answers = (at ?? []).flatMap((id) => {
		const value = plan.answers.get(id);
		const question = definition.questions.find((question) => question.id === id)!;
		return value === undefined ? [] : Object.entries(typedOf(question, value));
	});
	const score = at
		? []
		: [
				['score', [String(plan.score)]],
				['comment', [plan.comment]],
			];
	return Object.fromEntries([...carried, ...score, ...answers]) as Typed;
};

/** Answers to the end. Returns the ids of each page's questions and the last page. */
export const answerAll = async (address: string, definition: Definition, plan: Plan) => {
	const first = await fetch(address);
	let [html, url] = [await first.text(), address];
	const pages: string[][] = [];
	for (let sent = 0; stepOf(html) !== 'answered'; sent++) {
		if (sent > definition.questions.length + 1) throw new Error('It does not end');
		const at = hidden(html, 'at');
		if (at) pages.push(at.split(','));
		const next = await send(url, formOf(pageFields(definition, html, plan)));
		if (next.status !== 200) throw new Error(`${next.status}: ${next.html.replace(/<style[\s\S]*?<\/style>/g, '')}`);
		({ html, url } = next);
	}
	return { pages, html, url };
};
