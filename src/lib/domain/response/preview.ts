// The customer's page as a manager looks at it: the same page, from a draft, answered as often as one likes and never kept.
import { z } from 'zod';
import { byQuestion } from '../survey/answer-value.ts';
import type { Reply } from '../survey/condition.ts';
import type { Definition } from '../survey/definition.ts';
import * as flow from '../survey/flow.ts';
import { questionIdSchema } from '../survey/ids.ts';
import { languages } from '../survey/language.ts';
import { logoPath } from '../survey/logo.ts';
import { buckets, bucketsOf, scaleOf, type Bucket } from '../survey/metric.ts';
import { nobody, type Person } from '../survey/personal.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { changeableUntil, parseScore } from './answer.ts';
import type { Asking, Step } from './asking.ts';
import { readAnswer, type AnswerProblem } from './reading.ts';
import type { Typed } from './typed.ts';

/** How to look at it: in which language, which step or ending, on light or dark paper, and as whom. */
export const viewSchema = z.object({
	language: z.enum(languages).optional().catch(undefined),
	step: z.union([z.enum(['question', 'answered', ...buckets]), questionIdSchema]).catch('question'),
	theme: z.enum(['auto', 'light', 'dark']).catch('auto'),
	/** A contact's id. */
	person: z
		.string()
		.regex(/^[0-9a-f]{24}$/)
		.optional()
		.catch(undefined),
});
export type View = z.output<typeof viewSchema>;

/** What was answered in the preview so far, by the names of the page's fields, and what was pressed. */
export type Walked = { typed: Typed; go: 'stay' | 'next' | 'back' };

type Given = { definition: Definition; person: Person; view: View; now: Date; timeZone: string };

const readAll = ({ definition, person, view }: Given, typed: Typed) => {
	const problems: Partial<Record<string, AnswerProblem>> = {};
	const answers = definition.questions.flatMap((question) => {
		const read = readAnswer(question, (name) => typed[name] ?? []);
		if ('problem' in read) problems[question.id] = read.problem;
		return 'problem' in read || read.value === null ? [] : [{ question: question.id, value: read.value }];
	});
	const score = parseScore(scaleOf(definition), typed.score?.[0] ?? null);
	const { properties } = person;
	const language = view.language ?? definition.language;
	const reply: Reply = { score, answers: byQuestion(answers), properties, language };
	return { answers, problems, reply };
};

const carried = { version: 0, submissionKey: null, isChange: false };

const answered = (given: Given, typed: Typed, bucket: Bucket | null): Step => {
	const { definition, now, timeZone } = given;
	const scale = scaleOf(definition);
	const { answers, reply } = readAll(given, typed);
	const contact = typed.contact?.[0];
	const email = typed.email?.[0] ?? '';
	return {
		...carried,
		step: 'answered',
		score: (bucket ? scale.buckets.find(({ key }) => key === bucket)?.upTo : reply.score) ?? scale.max,
		comment: typed.comment?.[0] ?? '',
		answers,
		news: contact ? 'permission' : 'given',
		unsent: null,
		changeUntil: changeableUntil(now, 24),
		timeZone,
		contact: { may: contact ? contact === 'yes' : null, email, needsEmail: false, isEmailWrong: false },
	};
};

const more = (
	{ definition }: Given,
	typed: Typed,
	ids: { at: readonly string[]; asked: string[] },
	problems: Partial<Record<string, AnswerProblem>> = {},
): Step => ({
	...carried,
	step: 'more',
	questions: definition.questions.filter(({ id }) => ids.at.includes(id)),
	asked: ids.asked,
	typed,
	problems,
	seed: 'preview',
});

const question = (given: Given, typed: Typed, isWrong = false): Step => ({
	...carried,
	step: 'question',
	score: readAll(given, typed).reply.score,
	comment: typed.comment?.[0] ?? '',
	hidden: [],
	problem: isWrong ? { field: 'score' } : null,
});

/** The page that comes after the questions `asked`: more of them, or the end. */
const after = (given: Given, typed: Typed, asked: string[]): Step => {
	const page = flow.next(given.definition, readAll(given, typed).reply, asked);
	return page.length ? more(given, typed, { at: page.map(({ id }) => id), asked }) : answered(given, typed, null);
};

const walk = (given: Given, { typed, go }: Walked): Step => {
	const { questions } = given.definition;
	const idsIn = (name: string) => {
		const named = (typed[name]?.[0] ?? '').split(',');
		return questions.map(({ id }) => id).filter((id) => named.includes(id));
	};
	const { problems, reply } = readAll(given, typed);
	const [asked, at] = [idsIn('asked'), idsIn('at')];
	if (typed.contact) return answered(given, typed, null);
	if (at.length === 0) {
		if (go !== 'next') return question(given, typed);
		return reply.score === null ? question(given, typed, true) : after(given, typed, []);
	}
	if (go === 'stay') return more(given, typed, { at, asked });
	if (go === 'back') {
		const before = flow.previous(given.definition, reply, asked);
		return before ? after(given, typed, before) : question(given, typed);
	}
	const here = Object.fromEntries(Object.entries(problems).filter(([id]) => at.includes(id)));
	return Object.keys(here).length ? more(given, typed, { at, asked }, here) : after(given, typed, [...asked, ...at]);
};

/** One step of a draft by itself, as nobody has answered anything yet. */
const stepOf = (given: Given): Step => {
	const { definition, view } = given;
	const ids = definition.questions.map(({ id }) => id);
	if (ids.includes(view.step)) return more(given, {}, { at: [view.step], asked: ids.slice(0, ids.indexOf(view.step)) });
	const bucket = bucketsOf(scaleOf(definition)).find((key) => key === view.step);
	return bucket || view.step === 'answered' ? answered(given, {}, bucket ?? null) : question(given, {});
};

/** What a customer of `view.language` would see of a draft now: the step that is looked at, or what one's answers led to. */
export const preview = (
	definition: Definition,
	workspace: Pick<Workspace, 'id' | 'name' | 'timeZone'>,
	view: View,
	now: Date,
	{ person = nobody, walked }: { person?: Person; walked?: Walked | null } = {},
): Asking => {
	const { logoId, colour, scheme, ...style } = definition.brand;
	const head = {
		company: workspace.name,
		logo: logoId && logoPath(workspace.id, logoId),
		colour,
		style,
		language: view.language ?? definition.language,
		note: null,
		theme: scheme === 'auto' ? view.theme : scheme,
		timeZone: workspace.timeZone,
	};
	const given = { definition, person, view, now, timeZone: workspace.timeZone };
	return { head, definition, person, ...(walked ? walk(given, walked) : stepOf(given)) };
};
