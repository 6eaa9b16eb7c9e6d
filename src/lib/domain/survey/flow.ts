// Which questions one customer is asked, and which come together on a page: the same for page, embed and API.
import type { AnswerValue, GivenAnswer } from './answer-value.ts';
import { holds, questionsIn, type Reply } from './condition.ts';
import type { Definition } from './definition.ts';
import { scaleOf } from './metric.ts';
import type { Question, Rule } from './question.ts';

type Flow = Pick<Definition, 'metric' | 'scale' | 'rules' | 'questions'>;

/** As many as a small screen can hold without looking like work. */
const mostOnPage = 4;

/**
 * The questions in the order one customer meets them. It ends for every definition: what was asked is not asked again,
 * and a rule that leads nowhere leads to the end. A condition sees the answers that were given before it on this very
 * path: what stands further on, or was left behind when an earlier answer changed, is not known to it.
 */
function* walk(flow: Flow, reply: Reply): Generator<Question> {
	const { questions } = flow;
	const scale = scaleOf(flow);
	const given = new Map<string, AnswerValue>();
	const soFar = { ...reply, answers: given };
	const after = (rules: readonly Rule[], next: number): number => {
		const rule = rules.find(({ when }) => when === null || holds(when, scale, soFar));
		if (!rule) return next;
		const target = questions.findIndex(({ id }) => id === rule.to);
		return target === -1 ? questions.length : target;
	};
	const visited = new Set<number>();
	let at = after(flow.rules, 0);
	while (at < questions.length && !visited.has(at)) {
		visited.add(at);
		const question = questions[at]!;
		const isShown = question.showIf === null || holds(question.showIf, scale, soFar);
		if (isShown) {
			yield question;
			const value = reply.answers.get(question.id);
			if (value !== undefined) given.set(question.id, value);
		}
		at = isShown ? after(question.rules, at + 1) : at + 1;
	}
}

/** Every question that a customer with this reply meets, in order. */
export const path = (flow: Flow, reply: Reply): Question[] => [...walk(flow, reply)];

/**
 * The questions of the next page: after the last of those that were asked (their ids), as many as stand on one page
 * before an answer decides what comes. Empty at the end.
 */
export const next = (flow: Flow, reply: Reply, asked: readonly string[]): Question[] => {
	const met = path(flow, reply);
	const first = met.findLastIndex(({ id }) => asked.includes(id)) + 1;
	const page: Question[] = [];
	for (const question of met.slice(first)) {
		if (page.length === mostOnPage) break;
		const from = page.length ? flow.questions.indexOf(page.at(-1)!) + 1 : 0;
		const upTo = flow.questions.indexOf(question);
		// Neither this question nor one that was left out before it may hang on what this page asks.
		const between = page.length ? flow.questions.slice(from, upTo + 1) : [];
		const hangs = between.some(
			({ showIf }) => showIf && questionsIn(showIf).some((id) => page.some((other) => other.id === id)),
		);
		if (hangs || upTo < from) break;
		page.push(question);
		if (question.rules.length > 0) break;
	}
	return page;
};

/** Each page in order, and what was asked before it. */
function* pagesOf(flow: Flow, reply: Reply): Generator<{ page: Question[]; before: string[] }> {
	for (let before: string[] = []; ;) {
		const page = next(flow, reply, before);
		if (page.length === 0) return;
		yield { page, before };
		before = [...before, ...page.map(({ id }) => id)];
	}
}

/** What was asked before the page that comes before the one after `asked`; null when that is the score's. */
export const previous = (flow: Flow, reply: Reply, asked: readonly string[]): string[] | null => {
	let last: string[] | null = null;
	for (const { page, before } of pagesOf(flow, reply)) {
		if (!page.some(({ id }) => asked.includes(id))) break;
		last = before;
	}
	return last;
};

/**
 * What was asked before the page on which somebody who comes back goes on; null when they were at the end. A page was
 * passed when it or a later one has an answer or the question that they `reached`: what is empty on it was left so,
 * unless it has to be answered.
 */
export const resume = (flow: Flow, reply: Reply, reached: string | null = null): string[] | null => {
	const pages = [...pagesOf(flow, reply)];
	const isOpen = ({ id }: Question) => !reply.answers.has(id);
	const passed = pages.findLastIndex(({ page }) => page.some(({ id }) => id === reached || reply.answers.has(id)));
	const here = pages.find(
		({ page }, at) => at > passed || page.some((question) => question.isRequired && isOpen(question)),
	);
	return here?.before ?? null;
};

/** Those of a reply's answers that its path still leads to, in the order of the path. */
export const onPath = (flow: Flow, reply: Reply): GivenAnswer[] =>
	path(flow, reply).flatMap(({ id }) => {
		const value = reply.answers.get(id);
		return value === undefined ? [] : [{ question: id, value }];
	});
