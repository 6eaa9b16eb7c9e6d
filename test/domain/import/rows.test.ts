import { describe, expect, it } from 'vitest';
import { guessAnswerRoles, guessPeopleRoles, keysOf, problemsOf } from '#lib/domain/import/columns.ts';
import { guessScale, watchColumn } from '#lib/domain/import/profile.ts';
import { answerRows, peopleRows, type AnswerReading, type Reading } from '#lib/domain/import/rows.ts';
import { standardScale } from '#lib/domain/survey/metric.ts';
import { rowText } from '#lib/messages/rows.ts';

const row = (...cells: string[]) => ({ line: 2, cells, problem: null });
/** Why a row is refused, in words. */
const saidOf = (reading: Reading<unknown>) => ('reason' in reading ? rowText(reading.reason) : null);
const profileOf = (...values: string[]) => {
	const column = watchColumn();
	for (const value of values) column.observe(value);
	return column.profile();
};

describe('columns', () => {
	it('guesses people’s columns and keeps the rest as properties', () =>
		expect(guessPeopleRoles(['Customer name', 'E-Mail', 'Plan', 'Lang'])).toEqual([
			'name',
			'email',
			'property',
			'language',
		]));

	it('guesses the columns of a marketplace’s export, leaving out what differs in every row', () => {
		const many = profileOf(...Array.from({ length: 200 }, (_, at) => `order ${at}`));
		const dates = profileOf('2018-01-18 21:46:59');
		expect(
			guessAnswerRoles(
				[
					'review_id',
					'order_id',
					'review_score',
					'review_comment_title',
					'review_comment_message',
					'review_creation_date',
					'review_answer_timestamp',
				],
				[many, many, profileOf('5', '1'), many, many, dates, dates],
			),
		).toEqual(['id', 'skip', 'score', 'skip', 'comment', 'askedAt', 'date']);
	});

	it('takes no column for a date that holds none', () =>
		expect(
			guessAnswerRoles(['score', 'date', 'created'], [profileOf('9'), profileOf('n/a'), profileOf('2018-01-02')]),
		).toEqual(['score', 'property', 'date']));

	it('makes property keys unique and names the nameless', () =>
		expect(keysOf(['Plan', 'Plan', ' ', '__proto__', '$where'])).toEqual([
			'Plan',
			'Plan (2)',
			'column 3',
			'__proto__',
			'$where',
		]));

	it('says which role is missing or chosen twice', () => {
		expect(problemsOf(['a', 'b'], ['name', 'name'], ['email'])).toEqual({
			'columns.1': { role: 'name', key: 'a' },
			columns: { role: 'email', key: null },
		});
		expect(problemsOf(['a', 'b'], ['email', 'property'], ['email'])).toEqual({});
	});

	it.each([
		[['1', '5', ''], { metric: 'csat' }],
		[['1', '4'], { metric: 'csat' }],
		[['1', '3'], { metric: 'csat', points: 3 }],
		[['1', '7'], { metric: 'ces' }],
		[['0', '5'], { metric: 'nps' }],
		[['0', '1'], { metric: 'thumbs' }],
		[['Yes', 'no', 'YES'], { metric: 'thumbs' }],
		[['👍🏽', '👎'], { metric: 'thumbs' }],
		[['Very disappointed', 'somewhat-disappointed'], { metric: 'pmf' }],
		[['yes', 'maybe'], { metric: 'nps' }],
		[['1', '10'], { metric: 'nps' }],
		[['great'], { metric: 'nps' }],
		[[], { metric: 'nps' }],
	])('takes scores of %j for %j', (values, scale) => expect(guessScale(profileOf(...values))).toEqual(scale));
});

describe('people', () => {
	const read = peopleRows(['mail', 'name', 'lang', 'a.b'], ['email', 'name', 'language', 'property']);

	it('reads a person and keeps odd keys, formulas and marks as the text they are', () =>
		expect(read(row(' Ana@Shop.LK ', 'A\u200bna 👩🏽‍🌾 \u202eمريم e\u0301', 'si-LK', '=HYPERLINK("http://x")'))).toEqual({
			content: {
				address: 'ana@shop.lk',
				email: 'Ana@Shop.LK',
				name: 'A\u200bna 👩🏽‍🌾 \u202eمريم e\u0301',
				language: 'si',
				properties: [{ key: 'a.b', value: '=HYPERLINK("http://x")' }],
			},
			remark: null,
		}));

	it('strips control characters and leaves out empty properties', () =>
		expect(read(row('a@shop.lk', 'A\u0000na\tP\u0007', '', ' '))).toMatchObject({
			content: { name: 'A na P', language: null, properties: [] },
		}));

	it('keeps a person whose language is unknown, and says so', () =>
		expect(read(row('a@shop.lk', '', 'xx', ''))).toMatchObject({
			content: { language: null },
			remark: { is: 'unknown-language', value: 'xx' },
		}));

	it.each([
		[row('', 'Ana'), 'The e-mail address is empty'],
		[row('ana', 'Ana'), '“ana” is not an e-mail address'],
		[row('a@shop.lk', 'x'.repeat(201)), 'The name has more than 200 characters'],
		[row('a@shop.lk', '', '', 'x'.repeat(1001)), '“a.b” has more than 1,000 characters'],
		[row('a@shop.lk', '', '', '', 'more'), 'It has 5 cells, and the header has 4'],
		[
			{ ...row('a@shop.lk'), problem: 'stray-quote' as const },
			'Text follows a closing quote. Inside a quoted cell, write each quote twice ("")',
		],
	])('refuses %j', (given, reason) => expect(saidOf(read(given))).toBe(reason));

	it('takes a row with empty cells beyond the header', () =>
		expect(read(row('a@shop.lk', '', '', '', '', ''))).toHaveProperty('content'));
});

describe('answers', () => {
	const now = new Date('2026-03-02T09:00:00Z');
	const reading: AnswerReading = {
		columns: ['score', 'date', 'askedAt', 'comment', 'id', 'email'],
		scale: standardScale('nps'),
		dateFormat: 'iso',
		askedAtFormat: 'day-first',
		timeZone: 'Asia/Colombo',
	};
	const header = ['score', 'when', 'asked', 'why', 'id', 'mail'];
	const read = answerRows(header, reading, now);

	it('reads an answer, its moments by the wall clock of the file’s time zone', () =>
		expect(read(row('9.0', '2026-02-01 10:00', '31/01/2026', 'Good\r\nand fast', 'r1', 'Ana@shop.lk'))).toEqual({
			content: {
				score: 9,
				answeredAt: new Date('2026-02-01T04:30:00Z'),
				askedAt: new Date('2026-01-30T18:30:00Z'),
				comment: 'Good\nand fast',
				externalId: 'r1',
				language: null,
				properties: [],
				person: { address: 'ana@shop.lk', email: 'Ana@shop.lk', name: '', language: null, properties: [] },
			},
			remark: null,
		}));

	it('reads an answer of nobody known, with neither id nor comment', () =>
		expect(read(row('0', '2026-02-01'))).toMatchObject({
			content: { score: 0, askedAt: null, comment: '', externalId: null, person: null },
		}));

	it.each([
		[row('9.5', '2026-02-01'), '9.5 is not a whole number'],
		[row('11', '2026-02-01'), '11 is not on the scale from 0 to 10'],
		[row('9', ''), 'Answered at: the date is empty'],
		[row('9', '01/02/2026'), 'Answered at: “01/02/2026” is not a date as year, month, day'],
		[row('9', '2026-03-02 14:31'), 'Answered at: 2026-03-02 14:31 is in the future'],
		[row('9', '1969-12-31'), 'Answered at: 1969-12-31 is before 1970'],
		[row('9', '2026-02-01', 'soon'), 'Asked at: “soon” is not a date as day, month, year'],
		[row('9', '2026-02-01', '', 'x'.repeat(10_001)), 'The comment has more than 10,000 characters'],
		[row('9', '2026-02-01', '', '', 'x'.repeat(201)), 'The id has more than 200 characters'],
		[row('9', '2026-02-01', '', '', '', 'ana'), '“ana” is not an e-mail address'],
	])('refuses %j', (given, reason) => expect(saidOf(read(given))).toBe(reason));

	it('takes an answer given this very moment', () =>
		expect(read(row('9', '2026-03-02 14:30'))).toHaveProperty('content'));
});
