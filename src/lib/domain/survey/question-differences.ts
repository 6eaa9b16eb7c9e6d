// What is different in the questions after the score, and in the rules that lead through them.
import { conditionText, placeOf, ruleText } from './condition-text.ts';
import type { Definition } from './definition.ts';
import { same, sentence, type Difference } from './difference.ts';
import type { Question, Rule } from './question.ts';

const kindWords = (kind: string) => kind.replaceAll('-', ' ');
const plain = (text: string | undefined, most = 60) =>
	text === undefined ? '' : ` “${text.length > most ? `${text.slice(0, most - 1)}…` : text}”`;

/** "Question 2 “Which shop?”": counted after the question with the score. */
const nameOf = (definition: Definition, id: string): string => {
	const number = definition.questions.findIndex((question) => question.id === id) + 1;
	return `Question ${number}${plain(definition.texts[definition.language]?.questions?.[id]?.title)}`;
};
/** "Option 2 “Kandy”". */
export const partName = (definition: Definition, question: string, part: 'options' | 'rows', id: string) => {
	const title = definition.texts[definition.language]?.questions?.[question]?.[part]?.[id];
	const found = definition.questions.find((each) => each.id === question);
	const all: readonly string[] = found && part in found ? (found as { options: string[]; rows: string[] })[part] : [];
	return `${part === 'options' ? 'Option' : 'Row'} ${all.indexOf(id) + 1}${plain(title)}`;
};

/** Rules that came, went or moved; `name` is what they come after. */
export const ruleDifferences = (
	name: string,
	[before, old]: [Definition, readonly Rule[]],
	[after, now]: [Definition, readonly Rule[]],
): Difference[] => {
	const gone = old.filter((rule) => !now.some((other) => same(rule, other)));
	const added = now.filter((rule) => !old.some((other) => same(rule, other)));
	const moved = gone.length === 0 && added.length === 0 && !same(old, now);
	return [
		...gone.map((rule) => sentence(`Rule removed after ${name}: ${ruleText(before, rule)}`)),
		...added.map((rule) => sentence(`Rule added after ${name}: ${ruleText(after, rule)}`)),
		...(moved ? [sentence(`Rules after ${name} are tried in another order`)] : []),
	];
};

const settingWords: Record<string, string> = {
	mostCharacters: 'Most characters',
	hasOther: 'A field for other answers',
	isShuffled: 'Options in another order for each person',
	least: 'Fewest choices',
	most: 'Most choices',
	points: 'Points',
	look: 'Look',
	earliest: 'Earliest day',
	latest: 'Latest day',
	min: 'Lowest number',
	max: 'Highest number',
	isWhole: 'Whole numbers only',
};
const settingValue = (value: unknown): string =>
	value === null || value === undefined ? 'none' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

const partDifferences = (
	[before, old]: [Definition, Question],
	[after, now]: [Definition, Question],
	part: 'options' | 'rows',
): Difference[] => {
	const [was, is] = [old, now].map((each) =>
		part in each ? (each as { options: string[]; rows: string[] })[part] : [],
	);
	const name = nameOf(after, now.id);
	const gone = was!.filter((id) => !is!.includes(id));
	const added = is!.filter((id) => !was!.includes(id));
	const isMoved = !same(
		was!.filter((id) => is!.includes(id)),
		is!.filter((id) => was!.includes(id)),
	);
	return [
		...gone.map((id) => sentence(`${name}: ${partName(before, now.id, part, id)} was removed`)),
		...added.map((id) => sentence(`${name}: ${partName(after, now.id, part, id)} was added`)),
		...(isMoved ? [sentence(`${name}: the ${part} stand in another order`)] : []),
	];
};

/** Questions that came, went, moved or are set differently. Their wording is compared with the texts. */
export const questionDifferences = (before: Definition, after: Definition): Difference[] => {
	const old = new Map(before.questions.map((question) => [question.id, question]));
	const now = new Map(after.questions.map((question) => [question.id, question]));
	const kept = after.questions.filter(({ id }) => old.has(id));
	const isMoved = !same(
		before.questions.map(({ id }) => id).filter((id) => now.has(id)),
		kept.map(({ id }) => id),
	);
	return [
		...before.questions.filter(({ id }) => !now.has(id)).map(({ id }) => sentence(`${nameOf(before, id)} was removed`)),
		...after.questions
			.filter(({ id }) => !old.has(id))
			.map(({ id, kind }) => sentence(`${nameOf(after, id)} was added (${kindWords(kind)})`)),
		...(isMoved ? [sentence('The questions come in another order')] : []),
		...kept.flatMap((question) => {
			const was = old.get(question.id)!;
			const name = nameOf(after, question.id);
			if (was.kind !== question.kind)
				return [sentence(`${name} is now ${kindWords(question.kind)} instead of ${kindWords(was.kind)}`)];
			const settings = Object.entries(settingWords).flatMap(([key, word]) => {
				const [from, to] = [was, question].map((each) => (each as unknown as Record<string, unknown>)[key]);
				return same(from, to)
					? []
					: [
							{
								what: `${name}: ${word}`,
								change: { from: settingValue(from), to: settingValue(to) },
								endsComparison: false,
							},
						];
			});
			const required = question.isRequired ? 'has to be answered now' : 'may be left out now';
			return [
				...(was.isRequired === question.isRequired ? [] : [sentence(`${name} ${required}`)]),
				...(same(was.showIf, question.showIf)
					? []
					: [
							{
								what: `${name} is shown`,
								change: {
									from: conditionText(before, was.showIf),
									to: conditionText(after, question.showIf),
								},
								endsComparison: false,
							},
						]),
				...partDifferences([before, was], [after, question], 'options'),
				...partDifferences([before, was], [after, question], 'rows'),
				...settings,
				...ruleDifferences(placeOf(after, question.id), [before, was.rules], [after, question.rules]),
			];
		}),
	];
};
