// Which questions one customer is asked, and which come together on a page: the same for page, embed and API.
import { holds, questionsIn, type Reply } from './condition.ts';
import type { Definition } from './definition.ts';
import { scaleOf } from './metric.ts';
import type { Question, Rule } from './question.ts';

type Flow = Pick<Definition, 'metric' | 'scale' | 'rules' | 'questions'>;

/** As many as a small screen can hold without looking like work. */
const mostOnPage = 4;

/**
 * The questions in the order one customer meets them. It ends for every definition: what was asked is not asked again,
 * and a rule that leads nowhere leads to the end.
 */
function* walk(flow: Flow, reply: Reply): Generator<Question> {
	const { questions } = flow;
	const scale = scaleOf(flow);
	const after = (rules: readonly Rule[], next: number): number => {
		const rule = rules.find(({ when }) => when === null || holds(when, scale, reply));
		if (!rule) return next;
		const target = questions.findIndex(({ id }) => id === rule.to);
		return target === -1 ? questions.length : target;
	};
	const visited = new Set<number>();
	let at = after(flow.rules, 0);
	while (at < questions.length && !visited.has(at)) {
		visited.add(at);
		const question = questions[at]!;
		const isShown = question.showIf === null || holds(question.showIf, scale, reply);
		if (isShown) yield question;
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
