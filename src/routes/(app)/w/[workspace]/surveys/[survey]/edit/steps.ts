// The steps that the builder lists: the metric, what is asked beside it, each question, the endings; then the survey as a whole.
import { kindNames } from '#lib/components/builder-words.ts';
import { metricNames } from '#lib/components/survey-words.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { StandardTexts } from '#lib/domain/survey/wording.ts';
import { t } from '#lib/messages/managers.ts';

/** Shows a step; entered, the focus goes into it, for whoever came by keyboard or types next. */
export type Choose = (id: string, isEntered?: boolean) => void;
export type Step = { id: string; title: string; kind: string; isQuestion: boolean };

/** What a question says in the base language, else what kind it is. */
export const titleOf = (definition: Definition, standard: StandardTexts, id: string): string =>
	definition.texts[definition.language]?.questions?.[id]?.title ?? standard.questions[id]?.title ?? '';

/** The label of an option or a row in the base language, else its place. */
export const labelOf = (
	definition: Definition,
	standard: StandardTexts,
	question: string,
	part: 'options' | 'rows',
	id: string,
): string => {
	const own = definition.texts[definition.language]?.questions?.[question]?.[part]?.[id];
	const asked = definition.questions.find((each) => each.id === question);
	const ids = !asked
		? []
		: part === 'rows'
			? 'rows' in asked
				? asked.rows
				: []
			: 'options' in asked
				? asked.options
				: [];
	const place = ids.indexOf(id) + 1;
	return (
		own ||
		standard.questions[question]?.[part]?.[id] ||
		(part === 'rows' ? t.builder_row_at({ place }) : t.builder_option_at({ place }))
	);
};

/** What a customer meets, in the order in which they are listed. */
export const asked = (definition: Definition, standard: StandardTexts): Step[] => {
	const own = definition.texts[definition.language] ?? {};
	return [
		{
			id: 'metric',
			title: own.question ?? standard.question,
			kind: metricNames[definition.metric](),
			isQuestion: false,
		},
		...(definition.hasComment
			? [{ id: 'comment', title: t.builder_step_follow_up(), kind: t.builder_follow_up(), isQuestion: false }]
			: []),
		...definition.questions.map(({ id, kind }) => ({
			id,
			title: titleOf(definition, standard, id) || t.builder_not_worded(),
			kind: kindNames[kind](),
			isQuestion: true,
		})),
		{ id: 'endings', title: own.thanks ?? standard.thanks, kind: t.builder_thanks(), isQuestion: false },
	];
};

export const others = [
	{ id: 'look', title: t.builder_look },
	{ id: 'settings', title: t.builder_step_settings },
	{ id: 'paths', title: t.builder_paths },
	{ id: 'check', title: t.builder_check },
] as const;

/** The step that an address names, or the first. */
export const stepFrom = (definition: Definition, wanted: string | null): string =>
	wanted !== null &&
	(['metric', 'comment', 'endings', ...others.map(({ id }) => id)].includes(wanted) ||
		definition.questions.some(({ id }) => id === wanted))
		? wanted
		: 'metric';

/** The step that has the field of a place, such as draft.texts.en.questions.q1.title. */
export const stepAt = ({ questions }: Pick<Definition, 'questions'>, place: string): string => {
	const [, part = '', ...names] = place.split('.');
	if (part === 'questions') return questions[Number(names[0])]?.id ?? 'metric';
	const [, kind = '', id = ''] = part === 'texts' ? names : ['', part];
	if (kind === 'questions') return id;
	if (kind === 'followUps') return 'comment';
	if (kind === 'thanks' || kind === 'endings') return 'endings';
	if (kind === 'brand') return 'look';
	return part === 'texts' || kind === 'scale' || kind === 'rules' ? 'metric' : 'settings';
};
