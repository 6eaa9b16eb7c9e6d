// What a customer meets next, from what was asked and what is kept of their answer.
import type { AnsweredStep, MoreStep, QuestionStep, Step } from '#lib/domain/response/asking.ts';
import { replyOf } from '#lib/domain/response/reply.ts';
import type { Response } from '#lib/domain/response/response.ts';
import { typedOf } from '#lib/domain/response/typed.ts';
import * as flow from '#lib/domain/survey/flow.ts';
import type { Context } from '../context.ts';
import * as asking from '../services/asking.ts';

/** A key for a form of an open link; an invitation is its own. */
export const newKey = (ctx: Context, { kind }: asking.Asked): string | null =>
	kind === 'answer' ? null : Buffer.from(ctx.randomBytes(16)).toString('base64url');

export const question = (
	step: Partial<QuestionStep> & Pick<QuestionStep, 'version' | 'submissionKey'>,
): QuestionStep => ({
	step: 'question',
	score: null,
	comment: '',
	hidden: [],
	isChange: false,
	problem: null,
	...step,
});

export const answered = (
	ctx: Context,
	asked: asking.Asked,
	response: Response,
	rest: Partial<AnsweredStep> = {},
): AnsweredStep => ({
	step: 'answered',
	version: asked.version,
	score: response.score,
	comment: response.comment,
	answers: response.answers,
	submissionKey: null,
	news: null,
	unsent: null,
	changeUntil: asking.changeUntil(ctx, asked, response),
	timeZone: asked.workspace.timeZone,
	contact: {
		may: response.mayContact,
		email: response.contactEmail ?? '',
		needsEmail: !asked.invitation,
		isEmailWrong: false,
	},
	...rest,
});

type Where = { asked: string[]; submissionKey: string | null; isChange: boolean };

/** The page of questions that comes after `asked`, filled in with what was answered before; null at the end. */
export const more = (
	{ definition, version, invitation }: asking.Asked,
	response: Response,
	{ asked, submissionKey, isChange }: Where,
): MoreStep | null => {
	const questions = flow.next(definition, replyOf(response, definition), asked);
	if (questions.length === 0) return null;
	const kept = response.answers.flatMap(({ question: id, value }) => {
		const question = questions.find((question) => question.id === id);
		return question ? [typedOf(question, value)] : [];
	});
	return {
		step: 'more',
		version,
		submissionKey,
		isChange,
		questions,
		asked,
		typed: Object.assign({}, ...kept),
		problems: {},
		seed: invitation?.id ?? submissionKey ?? '',
	};
};

/** The page on which somebody who comes back goes on; null when they were at the end, and decided about being contacted. */
export const resumed = (asked: asking.Asked, response: Response): MoreStep | null => {
	const { definition } = asked;
	const before =
		response.mayContact === null ? flow.resume(definition, replyOf(response, definition), response.reached) : null;
	const page = before && more(asked, response, { asked: before, submissionKey: null, isChange: false });
	return page && { ...page, isResumed: true };
};

/** The page before the questions after `asked`: other questions, or the score's. */
export const back = (asked: asking.Asked, response: Response, where: Where): Step => {
	const { definition, version } = asked;
	const { score, comment } = response;
	const before = flow.previous(definition, replyOf(response, definition), where.asked);
	const earlier = before && more(asked, response, { ...where, asked: before, isChange: true });
	return earlier ?? question({ version, submissionKey: where.submissionKey, score, comment, isChange: true });
};
