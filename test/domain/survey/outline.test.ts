import { expect, it } from 'vitest';
import { outline } from '#lib/domain/survey/outline.ts';
import { newQuestion, type Question } from '#lib/domain/survey/question.ts';
import { standardChoice } from '#lib/domain/survey/metric.ts';

const flow = (questions: Question[], rules: Question['rules'] = []) => ({
	metric: 'nps' as const,
	scale: standardChoice('nps'),
	rules,
	questions,
});
const short = (questions: Question[], rules: Question['rules'] = []) =>
	outline(flow(questions, rules)).map(({ from, upTo, ways }) => [
		`${from}–${upTo}`,
		...ways.map(({ stops }) => stops.map(({ question, onlyIf }) => question + (onlyIf ? '?' : '')).join(' ')),
	]);
const question = (id: string, given: Partial<Question> = {}) =>
	({ ...newQuestion('yes-no', id), ...given }) as Question;

it('shows one way for each part of the scale', () => {
	expect(short([question('q1'), question('q2')])).toEqual([
		['0–6', 'q1 q2'],
		['7–8', 'q1 q2'],
		['9–10', 'q1 q2'],
	]);
});

it('parts a bucket where its scores go different ways', () => {
	const showIf = { test: 'score' as const, atLeast: 0, atMost: 2 };
	expect(short([question('q1', { showIf })])).toEqual([
		['0–2', 'q1'],
		['3–6', ''],
		['7–8', ''],
		['9–10', ''],
	]);
});

it('marks what an answer decides, and shows both ways where a rule of an answer parts them', () => {
	const yes = { test: 'option' as const, question: 'q1', oneOf: ['yes' as const] };
	expect(short([question('q1'), question('q2', { showIf: yes })])[0]).toEqual(['0–6', 'q1 q2?']);
	const [first] = outline(flow([question('q1', { rules: [{ when: yes, to: 'end' }] }), question('q2')]));
	expect(first!.ways.map(({ because, stops }) => [because, stops.length])).toEqual([
		[[yes], 1],
		[[], 2],
	]);
});

it('follows rules of the score to the end', () => {
	const rules = [{ when: { test: 'bucket' as const, oneOf: ['promoter' as const] }, to: 'end' as const }];
	expect(short([question('q1')], rules)).toEqual([
		['0–6', 'q1'],
		['7–8', 'q1'],
		['9–10', ''],
	]);
});

it('ends in circles and stops counting where ways are too many to read', () => {
	expect(short([question('q1', { rules: [{ when: null, to: 'q1' }] })])[0]).toEqual(['0–6', 'q1']);
	const rules = (id: string) => [{ when: { test: 'answered' as const, question: id }, to: 'end' as const }];
	const many = Array.from({ length: 50 }, (_, at) => question(`q${at + 1}`, { rules: rules(`q${at + 1}`) }));
	expect(outline(flow(many))[0]).toMatchObject({ hasMore: true, ways: { length: 8 } });
});
