// Finds where a survey's logic leads nobody, in circles, or nowhere; what it finds keeps a survey from being published.
import { atomsOf, questionsIn, type Condition } from './condition.ts';
import type { Definition } from './definition.ts';
import { bucketOf, scaleOf, scoresOf, type Scale } from './metric.ts';
import type { Question } from './question.ts';

/** What is wrong, by name: messages/problems.ts has the words. */
export type Reason =
	/** Of a question that nobody could answer. */
	| { is: 'few-options' | 'no-options' | 'least-above-most' | 'few-rows' | 'min-above-max' | 'earliest-after-latest' }
	| { is: 'least-above-options'; least: number; options: number }
	/** Of what a condition looks at. */
	| { is: 'condition-on-gone' | 'condition-on-later' | 'condition-on-gone-options' }
	/** Of where a rule leads. */
	| { is: 'rule-to-gone' | 'rule-back' }
	/** Of a question that nobody comes to. */
	| { is: 'passed' | 'no-score' }
	/** Of words that are not there yet. */
	| { is: 'no-title' | 'silent-options' | 'silent-rows' };

export type Finding = {
	kind: 'dead-end' | 'loop' | 'unreachable' | 'unworded';
	/** The question it is about; null is the metric or an ending. */
	question: string | null;
	reason: Reason;
};

type Flow = Pick<Definition, 'metric' | 'scale' | 'rules' | 'questions'>;

/** Whether a condition holds at a score, when nothing else is known; null is perhaps. */
export const atScore = (condition: Condition, scale: Scale, score: number): boolean | null => {
	switch (condition.test) {
		case 'score':
			return score >= condition.atLeast && score <= condition.atMost;
		case 'bucket':
			return condition.oneOf.includes(bucketOf(scale, score));
		case 'not': {
			const inner = atScore(condition.of, scale, score);
			return inner === null ? null : !inner;
		}
		case 'all':
		case 'any': {
			const parts = condition.of.map((part) => atScore(part, scale, score));
			const decides = condition.test === 'any';
			return parts.includes(decides) ? decides : parts.includes(null) ? null : !decides;
		}
		default:
			return null;
	}
};

/** Scores at which somebody can come to each question, walking from the score on; the last entry is the end. */
const reachable = (flow: Flow, scale: Scale): Set<number>[] => {
	const { questions } = flow;
	const at = Array.from({ length: questions.length + 1 }, () => new Set<number>());
	const target = (to: string) => {
		const index = questions.findIndex(({ id }) => id === to);
		return index === -1 ? questions.length : index;
	};
	for (const score of scoresOf(scale)) {
		const leave = (rules: Question['rules'], following: number): number[] => {
			const ways: number[] = [];
			for (const { when, to } of rules) {
				const holds = when === null ? true : atScore(when, scale, score);
				if (holds !== false) ways.push(target(to));
				if (holds === true) return ways;
			}
			return [...ways, following];
		};
		const open = leave(flow.rules, 0);
		while (open.length) {
			const index = open.pop()!;
			if (at[index]!.has(score)) continue;
			at[index]!.add(score);
			const question = questions[index];
			if (!question) continue;
			const shown = question.showIf === null ? true : atScore(question.showIf, scale, score);
			if (shown !== false) open.push(...leave(question.rules, index + 1));
			if (shown !== true) open.push(index + 1);
		}
	}
	return at;
};

/** Why nobody could answer a question, if so. */
const unanswerable = (question: Question): Reason | null => {
	switch (question.kind) {
		case 'one-choice':
			return question.options.length + Number(question.hasOther) < 2 ? { is: 'few-options' } : null;
		case 'many-choices': {
			const { least, most, options, hasOther } = question;
			const there = options.length + Number(hasOther);
			if (there < 1) return { is: 'no-options' };
			if (least !== null && least > there) return { is: 'least-above-options', least, options: there };
			return least !== null && most !== null && least > most ? { is: 'least-above-most' } : null;
		}
		case 'ranking':
			return question.options.length < 2 ? { is: 'few-options' } : null;
		case 'matrix':
			return question.rows.length < 1 || question.options.length < 2 ? { is: 'few-rows' } : null;
		case 'number':
			return question.min !== null && question.max !== null && question.min > question.max
				? { is: 'min-above-max' }
				: null;
		case 'date':
			return question.earliest && question.latest && question.earliest > question.latest
				? { is: 'earliest-after-latest' }
				: null;
		default:
			return null;
	}
};

const optionsOf = (question: Question | undefined): readonly string[] => {
	if (!question) return [];
	if (question.kind === 'yes-no' || question.kind === 'consent') return ['yes', 'no'];
	const ids = 'options' in question ? question.options : [];
	return 'hasOther' in question && question.hasOther ? [...ids, 'other'] : ids;
};

/** Everything wrong with a survey's paths, each once, in the order of its questions. Empty when it can be published. */
export const check = (flow: Flow): Finding[] => {
	const { questions } = flow;
	const scale = scaleOf(flow);
	const indexOf = new Map(questions.map(({ id }, index) => [id, index]));
	const findings: Finding[] = [];
	const add = (kind: Finding['kind'], question: string | null, reason: Reason) => {
		const isKnown = findings.some((found) => found.question === question && found.reason.is === reason.is);
		if (!isKnown) findings.push({ kind, question, reason });
	};

	/** `before` is the first question whose answer is not known yet where the condition is asked. */
	const checkCondition = (condition: Condition | null, owner: string | null, before: number) => {
		if (!condition) return;
		for (const id of questionsIn(condition)) {
			const index = indexOf.get(id);
			if (index === undefined) add('dead-end', owner, { is: 'condition-on-gone' });
			else if (index >= before) add('dead-end', owner, { is: 'condition-on-later' });
		}
		for (const atom of atomsOf(condition)) {
			if (atom.test !== 'option') continue;
			const options = optionsOf(questions[indexOf.get(atom.question) ?? -1]);
			if (indexOf.has(atom.question) && !atom.oneOf.some((option) => options.includes(option)))
				add('dead-end', owner, { is: 'condition-on-gone-options' });
		}
	};
	const checkRules = (rules: Question['rules'], owner: string | null, at: number) => {
		for (const { when, to } of rules) {
			checkCondition(when, owner, at + 1);
			if (to === 'end') continue;
			const target = indexOf.get(to);
			if (target === undefined) add('dead-end', owner, { is: 'rule-to-gone' });
			else if (target <= at) add('loop', owner, { is: 'rule-back' });
		}
	};

	checkRules(flow.rules, null, -1);
	const reached = reachable(flow, scale);
	questions.forEach((question, index) => {
		const { id, showIf } = question;
		checkCondition(showIf, id, index);
		checkRules(question.rules, id, index);
		const problem = unanswerable(question);
		if (problem) add('dead-end', id, problem);
		const scores = [...reached[index]!];
		if (scores.length === 0) add('unreachable', id, { is: 'passed' });
		else if (showIf && scores.every((score) => atScore(showIf, scale, score) === false))
			add('unreachable', id, { is: 'no-score' });
	});
	return findings;
};
