// An answer as the fields of a form: what reading.ts reads back, so that a page comes filled in.
import type { AnswerValue } from '../survey/answer-value.ts';
import type { Question } from '../survey/question.ts';
import { fieldOf } from './reading.ts';

/** What stands in a form, by field name; a group of checkboxes has several texts under one. */
export type Typed = Readonly<Partial<Record<string, readonly string[]>>>;

/** The fields of a kept answer: { q1: ['o2', 'other'], 'q1.other': ['my own words'] } of two choices. */
export const typedOf = ({ id, kind }: Pick<Question, 'id' | 'kind'>, value: AnswerValue): Typed => {
	if (typeof value === 'boolean') return { [id]: [value ? 'yes' : 'no'] };
	if (typeof value === 'number') return { [id]: [kind === 'number' ? plainNumber(value) : String(value)] };
	if (typeof value === 'string') return { [id]: [value] };
	if ('rows' in value) return Object.fromEntries(value.rows.map(({ row, option }) => [fieldOf(id, row), [option]]));
	if ('order' in value)
		return Object.fromEntries(value.order.map((option, index) => [fieldOf(id, option), [String(index + 1)]]));
	const { options, other } = value;
	return other === null ? { [id]: options } : { [id]: [...options, 'other'], [fieldOf(id, 'other')]: [other] };
};

/** 1e-7 as people write it: 0.0000001. */
const plainNumber = (value: number): string =>
	/e/.test(String(value)) ? value.toFixed(20).replace(/\.?0+$/, '') : String(value);

/** The field names that a question has in a form. */
export const fieldsOf = (question: Question): string[] => {
	const { id } = question;
	if (question.kind === 'matrix') return question.rows.map((row) => fieldOf(id, row));
	if (question.kind === 'ranking') return question.options.map((option) => fieldOf(id, option));
	return 'hasOther' in question && question.hasOther ? [id, fieldOf(id, 'other')] : [id];
};
