// What the two doors for customers, /s and /e, share: from a token to what is shown, and from a form to an answer.
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { Closed, TooMany } from '#lib/domain/errors.ts';
import { answerSchema, parseScore } from '#lib/domain/response/answer.ts';
import { lengthOf, tidyComment } from '#lib/domain/response/comment.ts';
import type { AnsweredStep, Asking, Letterhead, News, Problem, QuestionStep } from '#lib/domain/response/asking.ts';
import type { Response } from '#lib/domain/response/response.ts';
import { parseLanguage, preferredLanguage, type Language } from '#lib/domain/survey/language.ts';
import { scaleOf } from '#lib/domain/survey/metric.ts';
import { logoPath } from '#lib/domain/survey/logo.ts';
import type { Context } from '../context.ts';
import * as asking from '../services/asking.ts';
import * as health from '../services/health.ts';
import * as limits from '../services/limits.ts';
import * as responses from '../services/responses.ts';

/** The longest form a customer may send, in bytes: 10,000 characters of any script, and room. */
export const bodyLimit = 65_536;

const found = new WeakMap<App.Locals, Promise<asking.Asked>>();

/** What the link in the address asks, looked up once for each request. */
const find = (ctx: Context, { params, locals }: RequestEvent): Promise<asking.Asked> => {
	const known = found.get(locals) ?? asking.find(ctx, params.token ?? '');
	found.set(locals, known);
	return known;
};

/** What they switched to, else the invitation's, else their browser's, else the survey's. */
const languageOf = ({ locals, url, request }: RequestEvent, asked: asking.Asked | null): Language =>
	parseLanguage(locals.chosenLanguage ?? url.searchParams.get('lang')) ??
	parseLanguage(asked?.invitation?.language) ??
	preferredLanguage(request.headers.get('accept-language')) ??
	asked?.definition.language ??
	'en';

const letterhead = (event: RequestEvent, asked: asking.Asked): Letterhead => {
	const { workspace, definition, counts } = asked;
	const { logoId, colour } = definition.brand;
	const theme = event.url.searchParams.get('theme');
	return {
		company: workspace.name,
		logo: logoId && logoPath(workspace.id, logoId),
		colour,
		language: languageOf(event, asked),
		note: counts === 'test' || counts === 'preview' ? counts : null,
		theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
		timeZone: workspace.timeZone,
	};
};

/** For the layout, which the error pages have too: the language, and who asks when that is known. */
export const introduce = async (
	ctx: Context,
	event: RequestEvent,
): Promise<{ language: Language; head: Letterhead | null }> => {
	event.setHeaders({ 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' });
	// The page's own load says what is wrong with the link.
	const asked = await find(ctx, event).catch(() => null);
	const language = languageOf(event, asked);
	event.locals.language = language;
	return { language, head: asked && letterhead(event, asked) };
};

const newKey = (ctx: Context, { kind }: asking.Asked): string | null =>
	kind === 'answer' ? null : Buffer.from(ctx.randomBytes(16)).toString('base64url');

const question = (step: Partial<QuestionStep> & Pick<QuestionStep, 'version' | 'submissionKey'>): QuestionStep => ({
	step: 'question',
	score: null,
	comment: '',
	isChange: false,
	problem: null,
	...step,
});

const answered = (
	ctx: Context,
	asked: asking.Asked,
	response: Response,
	rest: Partial<AnsweredStep> = {},
): AnsweredStep => ({
	step: 'answered',
	score: response.score,
	comment: response.comment,
	submissionKey: null,
	news: null,
	unsent: null,
	changeUntil: asking.changeUntil(ctx, asked, response),
	timeZone: asked.workspace.timeZone,
	...rest,
});

const isNews = (text: string | null): text is News => text === 'given' || text === 'changed';

/** What a visit shows; it changes nothing. Throws NotFound and Closed. */
export const show = async (ctx: Context, event: RequestEvent): Promise<{ asking: Asking }> => {
	const asked = await find(ctx, event);
	const { definition, version } = asked;
	const query = event.url.searchParams;
	const score = parseScore(scaleOf(definition), query.get('score'));
	const withHead = (step: QuestionStep | AnsweredStep) => ({
		asking: { head: letterhead(event, asked), definition, ...step },
	});

	const earlier = await asking.answerTo(ctx, asked, null);
	if (earlier) {
		const wantsChange = query.has('change') || (score !== null && score !== earlier.score);
		const news = query.get('done');
		const step = answered(ctx, asked, earlier, { news: isNews(news) ? news : null });
		if (!wantsChange || !step.changeUntil) return withHead(step);
		const { comment } = earlier;
		return withHead(question({ version, submissionKey: null, score: score ?? earlier.score, comment, isChange: true }));
	}
	asking.requireOpen(asked);
	return withHead(question({ version, submissionKey: newKey(ctx, asked), score }));
};

const read = (form: FormData) => {
	const text = (name: string) => {
		const value = form.get(name);
		return typeof value === 'string' ? value : '';
	};
	const key = text('key');
	return {
		// Two scores in one form are no score.
		score: form.getAll('score').length > 1 ? null : form.get('score'),
		comment: text('comment'),
		version: Number(text('version')) || undefined,
		key: /^[\w-]{22}$/.test(key) ? key : null,
		isChange: form.has('changing'),
		lang: text('to') || text('lang') || null,
		switches: form.has('to'),
		wantsChange: form.has('change'),
	};
};

type Typed = ReturnType<typeof read>;

const answer = async (ctx: Context, event: RequestEvent, typed: Typed, channel: 'link' | 'embed') => {
	const asked = await asking.find(ctx, event.params.token ?? '', typed.version);
	const { definition, version, kind } = asked;
	const submissionKey = kind === 'answer' ? null : (typed.key ?? newKey(ctx, asked));
	const score = parseScore(scaleOf(definition), typed.score);
	const { comment, isChange } = typed;
	const withHead = (step: QuestionStep | AnsweredStep) => ({
		asking: { head: letterhead(event, asked), definition, ...step },
	});
	const again = (problem: Problem | null) =>
		withHead(question({ version, submissionKey, score, comment, isChange, problem }));

	if (typed.switches) return again(null);
	if (typed.wantsChange) {
		const earlier = await asking.answerTo(ctx, asked, submissionKey);
		const given = earlier && { score: earlier.score, comment: earlier.comment, isChange: true };
		return withHead(question({ version, submissionKey, ...given }));
	}
	const parsed = answerSchema(scaleOf(definition)).safeParse({ score: typed.score, comment });
	if (!parsed.success) {
		const isScoreWrong = parsed.error.issues.some(({ path }) => path[0] === 'score');
		const length = lengthOf(tidyComment(comment));
		return fail(400, again(isScoreWrong ? { field: 'score' } : { field: 'comment', length }));
	}
	try {
		if (kind !== 'answer') await limits.take(ctx, 'answersPerAddress', limits.clientOf(event.locals.clientAddress));
		const key = submissionKey ?? '';
		const language = languageOf(event, asked);
		const response = await responses.submit(ctx, asked, { ...parsed.data, language, channel, submissionKey: key });
		if (!response) {
			const earlier = (await asking.answerTo(ctx, asked, submissionKey))!;
			return fail(409, withHead(answered(ctx, asked, earlier, { news: 'too-late', unsent: { score, comment } })));
		}
		const news: News = isChange ? 'changed' : 'given';
		if (kind !== 'answer') return withHead(answered(ctx, asked, response, { news, submissionKey }));
		const query = new URLSearchParams({ done: news, lang: language });
		redirect(303, `${event.url.pathname}?${query}`);
	} catch (problem) {
		if (problem instanceof TooMany) return fail(429, again({ field: 'too-many' }));
		throw problem;
	}
};

/** Takes what a customer sent. What cannot be taken comes back as it was typed, with the reason. */
export const take = async (ctx: Context, event: RequestEvent, form: FormData, channel: 'link' | 'embed') => {
	const typed = read(form);
	event.locals.chosenLanguage = typed.lang;
	try {
		return await answer(ctx, event, typed, channel);
	} catch (problem) {
		const unsent = {
			score: /^\d{1,2}$/.test(String(typed.score)) ? Number(typed.score) : null,
			comment: typed.comment,
		};
		if (problem instanceof Closed) error(410, { message: problem.message, reason: problem.reason, opensAt: problem.opensAt, unsent });
		const trouble = health.trouble(problem);
		if (!trouble) throw problem;
		ctx.log.error({ error: problem, route: event.route.id }, 'the database is in trouble');
		error(trouble.status, { message: trouble.message, unsent });
	}
};
