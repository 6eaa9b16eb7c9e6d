// What the two doors for customers, /s and /e, share: from a token to what is shown, and from a form to an answer.
import { error, fail, isHttpError, isRedirect, redirect, type RequestEvent } from '@sveltejs/kit';
import { isAddress } from '#lib/domain/contact/address.ts';
import type { Property } from '#lib/domain/contact/contact.ts';
import { Closed, NotFound, TooMany } from '#lib/domain/errors.ts';
import { answerSchema, parseScore } from '#lib/domain/response/answer.ts';
import { lengthOf, tidyComment } from '#lib/domain/response/comment.ts';
import type { Asking, Letterhead, News, Problem, Step, Unsent } from '#lib/domain/response/asking.ts';
import type { Response } from '#lib/domain/response/response.ts';
import { parseLanguage, preferredLanguage, type Language } from '#lib/domain/survey/language.ts';
import { bucketOf, isScore, scaleOf } from '#lib/domain/survey/metric.ts';
import { logoPath } from '#lib/domain/survey/logo.ts';
import type { Context } from '../context.ts';
import * as asking from '../services/asking.ts';
import * as health from '../services/health.ts';
import * as limits from '../services/limits.ts';
import * as responses from '../services/responses.ts';
import * as breakage from './breakage.ts';
import { hiddenInForm, hiddenInQuery, readForm, readIds, readPage, type CustomerForm } from './customer-form.ts';
import * as steps from './customer-steps.ts';

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

/**
 * Forms go to an address that no page was shown under before: a browser then keeps the page as it was, key and words, and
 * finds it again when the reply was lost, or when somebody goes back to change what they sent.
 */
const actionOf = ({ searchParams }: URL): string => {
	const query = new URLSearchParams(searchParams);
	query.set('_', String((Number(query.get('_')) || 0) + 1));
	return `?${query}`;
};

const letterhead = (event: RequestEvent, asked: asking.Asked): Letterhead => {
	const { workspace, definition, counts } = asked;
	const { logoId, colour, scheme, ...style } = definition.brand;
	const theme = scheme === 'auto' ? event.url.searchParams.get('theme') : scheme;
	return {
		company: workspace.name,
		logo: logoId && logoPath(workspace.id, logoId),
		colour,
		style,
		language: languageOf(event, asked),
		note: counts === 'test' || counts === 'preview' ? counts : null,
		theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
		timeZone: workspace.timeZone,
		action: actionOf(event.url),
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

/** A step with who asks and what: the person is known from the invitation, or from what the shared link carried. */
const sheet = (
	event: RequestEvent,
	asked: asking.Asked,
	step: Step,
	properties: Property[] = [],
): { asking: Asking } => {
	const { definition, invitation } = asked;
	const person = invitation ? asked.person : { name: '', properties };
	return { asking: { head: letterhead(event, asked), definition, person, ...step } };
};

const isNews = (text: string | null): text is News => text === 'given' || text === 'changed' || text === 'permission';

/** What a visit shows; it changes nothing. Throws NotFound and Closed. */
export const show = async (ctx: Context, event: RequestEvent): Promise<{ asking: Asking }> => {
	const asked = await find(ctx, event);
	const { definition, version } = asked;
	const query = event.url.searchParams;
	const score = parseScore(scaleOf(definition), query.get('score'));

	const earlier = await asking.answerTo(ctx, asked, null);
	if (earlier) {
		const wantsChange = query.has('change') || (score !== null && score !== earlier.score);
		const news = query.get('done');
		const step = steps.answered(ctx, asked, earlier, { news: isNews(news) ? news : null });
		if (!step.changeUntil) return sheet(event, asked, step);
		const where = {
			asked: readIds(definition, query.get('asked')),
			submissionKey: null,
			isChange: query.has('changing'),
		};
		const more = query.has('asked') ? steps.more(asked, earlier, where) : null;
		const resumed = step.news || query.has('asked') ? null : steps.resumed(asked, earlier);
		if (more || !wantsChange) return sheet(event, asked, more ?? resumed ?? step);
		const { comment } = earlier;
		const change = { version, submissionKey: null, score: score ?? earlier.score, comment, isChange: true };
		return sheet(event, asked, steps.question(change));
	}
	// After a form was taken, the page shows what it came to: the answer that filled the quota is thanked for, too.
	if (event.request.method !== 'POST') asking.requireOpen(asked);
	const hidden = asked.invitation ? [] : hiddenInQuery(definition, query);
	const first = { version, submissionKey: steps.newKey(ctx, asked), score, hidden };
	return sheet(event, asked, steps.question(first), hidden);
};

/** Shows a step: an invitation's own address shows it again, also when it is loaded anew; an open link's is in the form. */
const goTo = (event: RequestEvent, asked: asking.Asked, step: Step, properties: Property[]) => {
	if (asked.kind !== 'answer') return sheet(event, asked, step, properties);
	const query = new URLSearchParams({ lang: languageOf(event, asked) });
	const theme = event.url.searchParams.get('theme');
	if (theme) query.set('theme', theme);
	if (step.step === 'question') query.set('change', '1');
	if (step.step === 'more') query.set('asked', step.asked.join(','));
	if (step.step === 'more' && step.isChange) query.set('changing', '1');
	if (step.step === 'answered' && step.news) query.set('done', step.news);
	redirect(303, `${event.url.pathname}?${query}`);
};

type Sent = { asked: asking.Asked; typed: CustomerForm; sender: responses.Sender };

const takeScore = async (ctx: Context, event: RequestEvent, { asked, typed, sender }: Sent) => {
	const { definition, version, kind } = asked;
	const submissionKey = kind === 'answer' ? null : sender.submissionKey;
	const comment = definition.hasComment ? typed.comment : '';
	const hidden = asked.invitation ? [] : hiddenInForm(definition, typed.form);
	const { isChange } = typed;
	const score = parseScore(scaleOf(definition), typed.score);
	const again = (problem: Problem | null) =>
		sheet(event, asked, steps.question({ version, submissionKey, score, comment, hidden, isChange, problem }), hidden);
	if (typed.switches) return again(null);
	const parsed = answerSchema(scaleOf(definition)).safeParse({ score: typed.score, comment });
	if (!parsed.success) {
		const isScoreWrong = parsed.error.issues.some(({ path }) => path[0] === 'score');
		const length = lengthOf(tidyComment(comment));
		return fail(400, again(isScoreWrong ? { field: 'score' } : { field: 'comment', length }));
	}
	try {
		if (kind !== 'answer') await limits.take(ctx, 'answersPerAddress', limits.clientOf(event.locals.clientAddress));
	} catch (problem) {
		if (problem instanceof TooMany) return fail(429, again({ field: 'too-many' }));
		throw problem;
	}
	const response = await responses.submit(ctx, asked, { ...parsed.data, ...sender, properties: hidden });
	if (!response) return tooLate(ctx, event, { asked, typed, sender }, { score, comment });
	const step = steps.more(asked, response, { asked: [], submissionKey, isChange });
	return goTo(event, asked, step ?? ended(ctx, { asked, typed, sender }, response), response.properties);
};

const takePage = async (ctx: Context, event: RequestEvent, sent: Sent) => {
	const { asked, typed, sender } = sent;
	const { definition, kind } = asked;
	const submissionKey = kind === 'answer' ? null : sender.submissionKey;
	const { isChange } = typed;
	const earlier = await asking.answerTo(ctx, asked, submissionKey);
	// Deleted meanwhile: it begins anew.
	if (!earlier) return fail(409, sheet(event, asked, steps.question({ version: asked.version, submissionKey })));
	const before = readIds(definition, typed.asked);
	const at = readIds(definition, typed.at);
	const questions = definition.questions.filter(({ id }) => at.includes(id));
	const { answers, problems, typed: fields } = readPage(questions, typed.form);
	const where = { asked: before, submissionKey, isChange };
	const leaves = typed.goesBack || typed.wantsChange;
	if (typed.switches || (!leaves && Object.keys(problems).length)) {
		const page = steps.more(asked, earlier, where);
		if (page) {
			const shown = {
				...page,
				typed: fields,
				problems: typed.switches ? {} : problems,
				isResumed: typed.isResumed,
			};
			const body = sheet(event, asked, shown, earlier.properties);
			return typed.switches ? body : fail(400, body);
		}
	}
	// On the way back, what is not right yet stays as it was kept.
	const right = at.filter((id) => !problems[id]);
	const reached = leaves ? undefined : at.at(-1);
	const response = await responses.supplement(ctx, asked, sender, { questions: right, answers, reached });
	if (!response) return tooLate(ctx, event, sent, { score: null, comment: '', answers });
	// To the score: all that comes after it is met again on the way.
	if (leaves) {
		const back = steps.back(asked, response, typed.wantsChange ? { ...where, asked: [] } : where);
		return goTo(event, asked, back, response.properties);
	}
	const step = steps.more(asked, response, { ...where, asked: [...before, ...at] });
	return goTo(event, asked, step ?? ended(ctx, sent, response), response.properties);
};

const takePermission = async (ctx: Context, event: RequestEvent, sent: Sent) => {
	const { asked, typed, sender } = sent;
	const submissionKey = asked.kind === 'answer' ? null : sender.submissionKey;
	const earlier = await asking.answerTo(ctx, asked, submissionKey);
	const mayContact = typed.contact === 'yes';
	const isTakenBack = !mayContact && earlier?.mayContact;
	if (!earlier || !(isTakenBack || mayAsk(asked, earlier)))
		return fail(409, sheet(event, asked, steps.question({ version: asked.version, submissionKey })));
	const needsEmail = mayContact && !asked.invitation;
	if (needsEmail && !isAddress(typed.email)) {
		const step = steps.answered(ctx, asked, earlier, { news: 'given', submissionKey });
		const contact = { ...step.contact, email: typed.email, isEmailWrong: true };
		return fail(400, sheet(event, asked, { ...step, contact }, earlier.properties));
	}
	const contactEmail = needsEmail ? typed.email : null;
	const response = isTakenBack
		? await responses.takeBackPermission(ctx, asked, sender)
		: await responses.permit(ctx, asked, sender, { mayContact, contactEmail });
	if (!response) return tooLate(ctx, event, sent, { score: null, comment: typed.email });
	const step = steps.answered(ctx, asked, response, { news: 'permission', submissionKey });
	return goTo(event, asked, step, response.properties);
};

/** Whether the ending that this answer leads to asks for a permission. */
const mayAsk = ({ definition }: asking.Asked, { score }: Response): boolean => {
	const scale = scaleOf(definition);
	return isScore(scale, score) && definition.endings[bucketOf(scale, score)]?.kind === 'permission';
};

const ended = (ctx: Context, { asked, typed, sender }: Sent, response: Response): Step =>
	steps.answered(ctx, asked, response, {
		news: typed.isChange ? 'changed' : 'given',
		submissionKey: asked.kind === 'answer' ? null : sender.submissionKey,
	});

/** What cannot be changed any more is shown, and what was sent beside it. */
const tooLate = async (ctx: Context, event: RequestEvent, { asked, sender }: Sent, unsent: Unsent) => {
	const earlier = await asking.answerTo(ctx, asked, sender.submissionKey);
	if (!earlier) return fail(409, sheet(event, asked, steps.question({ version: asked.version, submissionKey: null })));
	const submissionKey = asked.kind === 'answer' ? null : sender.submissionKey;
	return fail(
		409,
		sheet(event, asked, steps.answered(ctx, asked, earlier, { news: 'too-late', unsent, submissionKey })),
	);
};

const answer = async (ctx: Context, event: RequestEvent, typed: CustomerForm, channel: 'link' | 'embed') => {
	const asked = await asking.find(ctx, event.params.token ?? '', typed.version);
	const { version, kind } = asked;
	const submissionKey = kind === 'answer' ? null : (typed.key ?? steps.newKey(ctx, asked));
	const sender = { language: languageOf(event, asked), channel, submissionKey: submissionKey ?? '' };
	if (typed.wantsChange && typed.at === null) {
		const earlier = await asking.answerTo(ctx, asked, submissionKey);
		const given = earlier && { score: earlier.score, comment: earlier.comment, isChange: true };
		return sheet(event, asked, steps.question({ version, submissionKey, ...given }), earlier?.properties);
	}
	const sent = { asked, typed, sender };
	if (typed.contact) return takePermission(ctx, event, sent);
	return typed.at === null ? takeScore(ctx, event, sent) : takePage(ctx, event, sent);
};

/** Takes what a customer sent. What cannot be taken comes back as it was typed, with the reason. */
export const take = async (ctx: Context, event: RequestEvent, form: FormData, channel: 'link' | 'embed') => {
	const typed = readForm(form);
	event.locals.chosenLanguage = typed.lang;
	try {
		return await answer(ctx, event, typed, channel);
	} catch (problem) {
		const unsent = {
			score: /^\d{1,2}$/.test(String(typed.score)) ? Number(typed.score) : null,
			comment: typed.comment || textsTyped(form),
		};
		if (problem instanceof Closed)
			error(410, { message: problem.message, reason: problem.reason, opensAt: problem.opensAt, unsent });
		if (isRedirect(problem) || isHttpError(problem) || problem instanceof NotFound) throw problem;
		const again = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
		const trouble = health.trouble(problem);
		if (!trouble) error(500, { ...breakage.report(problem, event), unsent, again });
		ctx.log.error({ error: problem, route: event.route.id }, 'the database is in trouble');
		error(trouble.status, { message: trouble.message, unsent, again });
	}
};

/** Whatever a page of questions had in its fields of text, to be copied. */
const textsTyped = (form: FormData): string =>
	[...form]
		.flatMap(([name, value]) => (/^q[a-z0-9]+(\.other)?$/.test(name) && typeof value === 'string' ? [value] : []))
		.filter((text) => /\s|.{12}/u.test(text))
		.join('\n\n');
