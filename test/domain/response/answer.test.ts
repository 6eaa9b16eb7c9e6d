import { describe, expect, it } from 'vitest';
import { answerSchema, changeableFrom, changeableUntil, parseScore } from '#lib/domain/response/answer.ts';
import { commentLimit, lengthOf, tidyComment } from '#lib/domain/response/comment.ts';
import { standardScale } from '#lib/domain/survey/metric.ts';

describe('a score from a form', () => {
	it.each([
		['0', 0],
		['9', 9],
		['10', 10],
		['11', null],
		['-1', null],
		['9.5', null],
		['9.0', null],
		['', null],
		[' 9', null],
		['1e1', null],
		['٩', null],
		['0x9', null],
		[null, null],
		[['9'], null],
		[9, null],
	])('%j is %j of NPS', (text, score) => {
		expect(parseScore(standardScale('nps'), text)).toBe(score);
	});

	it.each([
		['0', null],
		['1', 1],
		['5', 5],
		['6', null],
	])('%j is %j of CSAT', (text, score) => {
		expect(parseScore(standardScale('csat'), text)).toBe(score);
	});
});

describe('a comment', () => {
	it.each([
		['line\r\nbreak\rs', 'line\nbreak\ns'],
		['  space around \n', 'space around'],
		['nul\0', 'nul'],
		['half \ud83d', 'half \ufffd'],
		['👩‍👩‍👧 שלום e\u0301 \u200b', '👩‍👩‍👧 שלום e\u0301 \u200b'],
		['\u200b \u2060\u202e\n\u3164', ''],
	])('%j is kept as %j', (typed, kept) => {
		expect(tidyComment(typed)).toBe(kept);
	});

	it('counts an emoji as one character', () => expect(lengthOf('👍👍')).toBe(2));

	it('may be as long as the limit, in any script, and no longer', () => {
		const schema = answerSchema(standardScale('nps'));
		expect(schema.safeParse({ score: '9', comment: '😀'.repeat(commentLimit) }).success).toBe(true);
		const tooLong = schema.safeParse({ score: '9', comment: 'ക'.repeat(commentLimit + 1) });
		expect(tooLong.error?.issues.map(({ path }) => path.join('.'))).toEqual(['comment']);
	});

	it('and a wrong score are both named', () => {
		const parsed = answerSchema(standardScale('csat')).safeParse({ score: '0', comment: 'x'.repeat(commentLimit + 1) });
		expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(['score', 'comment']);
	});
});

it('an answer given at noon can be changed for 24 hours', () => {
	const noon = new Date('2026-03-02T12:00:00Z');
	expect(changeableUntil(noon, 24)).toEqual(new Date('2026-03-03T12:00:00Z'));
	expect(changeableFrom(new Date('2026-03-03T12:00:00Z'), 24)).toEqual(noon);
});
