// Random right answers to a question, as they are kept.
import fc from 'fast-check';
import type { AnswerValue } from '#lib/domain/survey/answer-value.ts';
import type { Question } from '#lib/domain/survey/question.ts';

const text = (most: number): fc.Arbitrary<string> =>
	fc
		.oneof(
			fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
			fc.constantFrom(
				'=1+1',
				'<b>fat</b>',
				'two\nlines',
				'رائع جدًا',
				'හොඳයි',
				'👩‍👩‍👧',
				'{first name}',
				'__proto__',
				'yes',
				'0',
			),
		)
		.map((text) => [...text.replace(/[\0\r]/g, '')].slice(0, most).join('').toWellFormed().trim() || 'a');

/** A day between two others, ends included. */
const dayBetween = (earliest: string | null, latest: string | null): fc.Arbitrary<string> =>
	fc
		.date({
			min: new Date(earliest ?? '1900-01-01'),
			max: new Date(latest ?? '2199-12-31'),
			noInvalidDate: true,
		})
		.map((date) => date.toISOString().slice(0, 10));

const numberBetween = (least: number | null, most: number | null, isWhole: boolean): fc.Arbitrary<number> => {
	const [min, max] = [Math.max(least ?? -1e6, -1e12), Math.min(most ?? Math.max(1e6, (least ?? 0) + 10), 1e12)];
	const low = Math.min(min, max);
	if (isWhole || Math.ceil(low) <= Math.floor(max))
		return fc.integer({ min: 0, max: 1000 }).map((n) => Math.min(Math.ceil(low) + n, Math.floor(max)) || 0);
	return fc.constant(low || 0);
};

/** A right answer; null where nobody could give one. */
export const randomAnswer = (question: Question): fc.Arbitrary<AnswerValue | null> => {
	switch (question.kind) {
		case 'short-text':
		case 'long-text':
			return text(question.mostCharacters);
		case 'one-choice':
			return fc.constantFrom(
				...question.options.map((id) => ({ options: [id], other: null })),
				...(question.hasOther
					? [
							{ options: [], other: 'my own' },
							{ options: [], other: '' },
						]
					: []),
			);
		case 'many-choices': {
			const { options, hasOther, least, most } = question;
			const there = options.length + Number(hasOther);
			const fewest = Math.max(1, least ?? 1);
			const last = Math.min(most ?? there, there);
			if (fewest > last) return fc.constant(null);
			return fc
				.subarray(hasOther ? [...options, 'other'] : options, { minLength: fewest, maxLength: last })
				.chain((chosen) =>
					fc.oneof(fc.constant(''), text(500)).map((words) => ({
						options: chosen.filter((id) => id !== 'other'),
						other: chosen.includes('other') ? words : null,
					})),
				);
		}
		case 'rating':
			return fc.integer({ min: 1, max: question.points });
		case 'matrix': {
			const rows = question.isRequired
				? fc.constant(question.rows)
				: fc.subarray(question.rows, { minLength: Math.min(1, question.rows.length) });
			return rows.chain((rows) =>
				rows.length && question.options.length
					? fc
							.tuple(...rows.map((row) => fc.constantFrom(...question.options).map((option) => ({ row, option }))))
							.map((rows) => ({ rows }))
					: fc.constant(null),
			);
		}
		case 'ranking':
			return question.options.length
				? fc.shuffledSubarray(question.options, { minLength: question.options.length }).map((order) => ({ order }))
				: fc.constant(null);
		case 'date':
			return dayBetween(question.earliest, question.latest);
		case 'yes-no':
			return fc.boolean();
		case 'email':
			return fc.constantFrom('a@example.com', 'o.brien+nps@example.co.uk');
		case 'phone':
			return fc.constantFrom('+94 11 234 5678', '(020) 7946-0958', '٠١٢٣٤٥٦٧٨٩', '011/2345678');
		case 'number':
			return numberBetween(question.min, question.max, question.isWhole);
		case 'consent':
			return fc.constant(true);
	}
};
