// Reads the answers to a survey's questions: from a form, or from JSON; each is right for its question, or has a reason.
import { isAddress } from '../contact/address.ts';
import type { AnswerValue } from '../survey/answer-value.ts';
import type { Question, QuestionOf } from '../survey/question.ts';
import { lengthOf, tidyComment } from './comment.ts';

/** Why an answer cannot be taken; the page has the words. */
export type AnswerProblem =
	| { reason: 'needed' | 'consent' | 'email' | 'phone' | 'number' | 'date' | 'choice' | 'ranking' }
	| { reason: 'too-long'; over: number }
	| { reason: 'too-low' | 'too-high'; limit: number }
	| { reason: 'too-early' | 'too-late'; limit: string }
	| { reason: 'too-few' | 'too-many'; limit: number };

/** `value` is null where nothing was answered. */
export type ReadAnswer = { value: AnswerValue | null } | { problem: AnswerProblem };

const problem = (reason: AnswerProblem): ReadAnswer => ({ problem: reason });
const otherLimit = 500;

const readText = (text: string, most: number): ReadAnswer => {
	const tidied = tidyComment(text);
	const over = lengthOf(tidied) - most;
	return over > 0 ? problem({ reason: 'too-long', over }) : { value: tidied || null };
};

/** Digits as people write them, with the signs between them; 5 to 15 digits, as E.164 has at most. */
const isPhone = (text: string): boolean =>
	/^\+?[\p{Nd}\s()./-]+$/u.test(text) && /^\d{5,15}$/.test(latinDigits(text).replace(/\D/g, ''));

/** ٣ and ३ are 3: every script's digits as 0–9. */
const latinDigits = (text: string): string =>
	text.replace(/\p{Nd}/gu, (digit) => {
		const code = digit.codePointAt(0)!;
		let zero = code;
		while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--;
		return String(code - zero);
	});

/**
 * A number as people write it, without what groups its digits: "12 500,5", "12.500,5" and "12,500.5" are "12500.5". One
 * sign before three digits may be either: it is a decimal sign, "1,234" is 1.234, unless the number has to be whole.
 */
const plain = (text: string, isWhole: boolean): string => {
	const tight = text.trim().replace(/(\d)[\s'’٬](?=\d{3}(?!\d))/g, '$1');
	const [, whole = '', decimals = ''] =
		/^([+-]?\d{1,3}(?:,\d{2,3})*,\d{3})(\.\d+)?$/.exec(tight) ??
		/^([+-]?\d{1,3}(?:\.\d{3})+)(,\d+)?$/.exec(tight) ??
		[];
	const isGrouped = whole && (isWhole || decimals || whole.split(/[.,]/).length > 2);
	return (isGrouped ? whole.replace(/[.,]/g, '') + decimals : tight).replace(/[,٫]/, '.');
};

/** Whether a text is a day that there is: '2026-02-29' is none. */
export const isDayText = (text: string): boolean =>
	/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

const checkNumber = (question: QuestionOf<'number'>, value: number): ReadAnswer => {
	if (!Number.isFinite(value) || Math.abs(value) > 1e12 || (question.isWhole && !Number.isInteger(value)))
		return problem({ reason: 'number' });
	if (question.min !== null && value < question.min) return problem({ reason: 'too-low', limit: question.min });
	if (question.max !== null && value > question.max) return problem({ reason: 'too-high', limit: question.max });
	return { value };
};

type Choice = { options: string[]; other: string | null };

const checkChoice = (question: QuestionOf<'one-choice' | 'many-choices'>, choice: Choice): ReadAnswer => {
	const options = question.options.filter((id) => choice.options.includes(id));
	if (options.length < new Set(choice.options).size) return problem({ reason: 'choice' });
	const other = question.hasOther && choice.other !== null ? tidyComment(choice.other) : null;
	if (other !== null && lengthOf(other) > otherLimit)
		return problem({ reason: 'too-long', over: lengthOf(other) - otherLimit });
	const count = options.length + Number(other !== null);
	if (count === 0) return { value: null };
	if (question.kind === 'one-choice') {
		if (count > 1) return problem({ reason: 'choice' });
	} else {
		const { least, most } = question;
		if (least !== null && count < least) return problem({ reason: 'too-few', limit: least });
		if (most !== null && count > most) return problem({ reason: 'too-many', limit: most });
	}
	return { value: { options, other } };
};

const checkRows = (question: QuestionOf<'matrix'>, rows: readonly { row: string; option: string }[]): ReadAnswer => {
	const known = rows.every(({ row, option }) => question.rows.includes(row) && question.options.includes(option));
	if (!known || new Set(rows.map(({ row }) => row)).size < rows.length) return problem({ reason: 'choice' });
	if (question.isRequired && rows.length < question.rows.length) return problem({ reason: 'needed' });
	return { value: rows.length ? { rows: [...rows] } : null };
};

const checkOrder = (question: QuestionOf<'ranking'>, order: readonly string[]): ReadAnswer => {
	if (order.length === 0) return { value: null };
	const isWhole = order.length === question.options.length && question.options.every((id) => order.includes(id));
	return isWhole ? { value: { order: [...order] } } : problem({ reason: 'ranking' });
};

/** An answer as it would be kept, checked against its question; null is no answer, which a required question refuses. */
export const checkAnswer = (question: Question, value: AnswerValue | null): ReadAnswer => {
	const read = value === null ? { value } : checkValue(question, value);
	if ('problem' in read || read.value !== null || !question.isRequired) return read;
	return problem({ reason: question.kind === 'consent' ? 'consent' : 'needed' });
};

const checkValue = (question: Question, value: AnswerValue): ReadAnswer => {
	switch (question.kind) {
		case 'short-text':
		case 'long-text':
			return typeof value === 'string' ? readText(value, question.mostCharacters) : problem({ reason: 'choice' });
		case 'email': {
			const text = typeof value === 'string' ? value.trim() : '';
			return text === '' ? { value: null } : isAddress(text) ? { value: text } : problem({ reason: 'email' });
		}
		case 'phone': {
			const text = typeof value === 'string' ? value.trim() : '';
			return text === '' ? { value: null } : isPhone(text) ? { value: text } : problem({ reason: 'phone' });
		}
		case 'date': {
			if (typeof value !== 'string' || !isDayText(value)) return problem({ reason: 'date' });
			if (question.earliest && value < question.earliest)
				return problem({ reason: 'too-early', limit: question.earliest });
			return question.latest && value > question.latest
				? problem({ reason: 'too-late', limit: question.latest })
				: { value };
		}
		case 'number':
			return typeof value === 'number' ? checkNumber(question, value) : problem({ reason: 'number' });
		case 'rating':
			return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= question.points
				? { value }
				: problem({ reason: 'choice' });
		case 'yes-no':
			return typeof value === 'boolean' ? { value } : problem({ reason: 'choice' });
		case 'consent':
			return typeof value === 'boolean' ? { value: value || null } : problem({ reason: 'choice' });
		case 'one-choice':
		case 'many-choices':
			return typeof value === 'object' && 'options' in value
				? checkChoice(question, value)
				: problem({ reason: 'choice' });
		case 'matrix':
			return typeof value === 'object' && 'rows' in value
				? checkRows(question, value.rows)
				: problem({ reason: 'choice' });
		case 'ranking':
			return typeof value === 'object' && 'order' in value
				? checkOrder(question, value.order)
				: problem({ reason: 'choice' });
	}
};

/** Field names of a question in a form: its id; `id.other` for one's own words, `id.row` and `id.option` for rows and places. */
export const fieldOf = (question: string, part?: string): string => (part ? `${question}.${part}` : question);

/** What a form sent under the question's field names; `valuesOf` gives every text under one name. Checked as checkAnswer does. */
export const readAnswer = (question: Question, valuesOf: (name: string) => readonly string[]): ReadAnswer => {
	const texts = valuesOf(fieldOf(question.id)).filter((text) => text !== '');
	const [text] = texts;
	switch (question.kind) {
		case 'number': {
			if (text === undefined || text.trim() === '') return checkAnswer(question, null);
			const written = plain(latinDigits(text), question.isWhole);
			return /^[+-]?\d{1,13}(\.\d{1,20})?$/.test(written)
				? checkAnswer(question, Number(written))
				: problem({ reason: 'number' });
		}
		case 'rating':
			if (text === undefined) return checkAnswer(question, null);
			return /^\d{1,2}$/.test(text) ? checkAnswer(question, Number(text)) : problem({ reason: 'choice' });
		case 'yes-no':
		case 'consent':
			if (text === undefined) return checkAnswer(question, null);
			return text === 'yes' || text === 'no' ? checkAnswer(question, text === 'yes') : problem({ reason: 'choice' });
		case 'one-choice':
		case 'many-choices': {
			const options = texts.filter((id) => id !== 'other');
			// Who takes a choice back means its words, too.
			const isTakenBack = question.kind === 'one-choice' && !texts.length && valuesOf(fieldOf(question.id)).length > 0;
			const words = isTakenBack ? '' : (valuesOf(fieldOf(question.id, 'other'))[0] ?? '').trim();
			// Who writes their own words without choosing "other" means it.
			const isOther =
				texts.includes('other') || (words !== '' && (question.kind === 'many-choices' || !options.length));
			return checkAnswer(question, options.length || isOther ? { options, other: isOther ? words : null } : null);
		}
		case 'matrix': {
			const rows = question.rows.flatMap((row) => {
				const option = valuesOf(fieldOf(question.id, row))[0];
				return option ? [{ row, option }] : [];
			});
			return checkAnswer(question, rows.length ? { rows } : null);
		}
		case 'ranking': {
			const places = question.options.map((option) => ({
				option,
				place: Number(valuesOf(fieldOf(question.id, option))[0] || NaN),
			}));
			if (places.every(({ place }) => Number.isNaN(place))) return checkAnswer(question, null);
			const order = places.toSorted((a, b) => a.place - b.place);
			const isOrder = order.every(({ place }, index) => place === index + 1);
			return isOrder
				? checkAnswer(question, { order: order.map(({ option }) => option) })
				: problem({ reason: 'ranking' });
		}
		default:
			return checkAnswer(question, text ?? null);
	}
};
