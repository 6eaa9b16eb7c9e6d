// Random surveys: everything that a definition can express, loops and rules that lead nowhere included.
import fc from 'fast-check';
import { corners, schemes, typefaces } from '#lib/domain/survey/brand.ts';
import type { Condition } from '#lib/domain/survey/condition.ts';
import { definitionSchema, reservedNames, templateIds, type Definition } from '#lib/domain/survey/definition.ts';
import { languages } from '#lib/domain/survey/language.ts';
import {
	bucketsOf,
	buckets,
	lengthsOf,
	looksOf,
	metrics,
	orders,
	standardChoice,
	standardScale,
	type Metric,
} from '#lib/domain/survey/metric.ts';
import { questionKinds, type Question, type QuestionKind, type Rule } from '#lib/domain/survey/question.ts';

export type SurveyLimits = {
	/** At most so many questions. */
	questions?: number;
	kinds?: readonly QuestionKind[];
	/** Only questions that somebody can answer: with options, rows, and a least that is not above the most. */
	isAnswerable?: boolean;
	/** In these languages only, the first of which is the base. */
	languages?: readonly (typeof languages)[number][];
};

const tricky = [
	'How was {order number|your order}?',
	'Hello {first name}, how are you?',
	'{first name}',
	'{city|}',
	'<b>&amp;"\'</b><script>alert(1)</script>',
	'كيف كان طلبك؟',
	'ඔබගේ ඇණවුම කෙසේද?',
	'=HYPERLINK("https://example.com")',
	'One line\nand another',
	'__proto__',
	'👩‍👩‍👧 ok',
	'{',
	'a}b{c|d}',
	'%s ${x} {{y}}',
];

/** Words of at most so many UTF-16 units, as a survey keeps them: something, without space around it. */
export const words = (most: number): fc.Arbitrary<string> =>
	fc
		.oneof(
			{ weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(most, 40) }) },
			{ weight: 2, arbitrary: fc.constantFrom(...tricky) },
			{ weight: 1, arbitrary: fc.integer({ min: 1, max: most }).map((length) => 'ක'.repeat(length)) },
		)
		.map((text) => text.slice(0, most).toWellFormed().trim() || 'Why?');

const idOf = (letter: 'q' | 'o' | 'r') =>
	fc
		.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'), minLength: 1, maxLength: 11 })
		.map((rest) => letter + rest);
const ids = (letter: 'q' | 'o' | 'r', minLength: number, maxLength: number) =>
	fc.uniqueArray(idOf(letter), { minLength, maxLength });

/** As people write them: -0 and 5e-324 they do not. */
const number = fc
	.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -1e12, max: 1e12, noNaN: true }))
	.map((n) => Math.round(n * 1e6) / 1e6 || 0);
const day = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const between = fc.tuple(number, number).map(([a, b]) => ({ atLeast: Math.min(a, b), atMost: Math.max(a, b) }));

/** A condition about these questions, now and then about one that is not there. */
const condition = (known: readonly string[]): fc.Arbitrary<Condition> => {
	const question = known.length
		? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: idOf('q') })
		: idOf('q');
	const some = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: 1, maxLength: 3 });
	const test = <Name extends string>(name: Name) => fc.constant(name);
	return fc.letrec<{ part: Condition }>((tie) => ({
		part: fc.oneof(
			{ maxDepth: 3, depthIdentifier: 'condition' },
			fc.tuple(fc.constantFrom('score' as const), between).map(([test, rest]) => ({ test, ...rest })),
			fc.record({ test: test('bucket'), oneOf: some(fc.constantFrom(...buckets)) }),
			fc.record({ test: test('answered'), question }),
			fc.record({
				test: test('option'),
				question,
				oneOf: some(fc.oneof(fc.constantFrom('yes', 'no', 'other', 'o1', 'o2'), idOf('o'))),
			}),
			fc.tuple(question, between).map(([question, rest]) => ({ test: 'number' as const, question, ...rest })),
			fc.record({ test: test('contains'), question, text: words(200) }),
			fc.record({ test: test('property'), key: words(100), oneOf: some(words(500)) }),
			fc.record({ test: test('language'), oneOf: some(fc.constantFrom(...languages)) }),
			fc.record({ test: test('all'), of: fc.array(tie('part'), { minLength: 1, maxLength: 3 }) }),
			fc.record({ test: test('any'), of: fc.array(tie('part'), { minLength: 1, maxLength: 3 }) }),
			fc.record({ test: test('not'), of: tie('part') }),
		),
	})).part;
};

const rules = (known: readonly string[]): fc.Arbitrary<Rule[]> => {
	const to = fc.oneof(fc.constant('end'), idOf('q'), ...(known.length ? [fc.constantFrom(...known)] : []));
	return fc.oneof(
		{ weight: 3, arbitrary: fc.constant<Rule[]>([]) },
		{
			weight: 1,
			arbitrary: fc.array(fc.record({ when: maybe(condition(known)), to }), { minLength: 1, maxLength: 3 }),
		},
	);
};

const optionsOf = (fewest: number) =>
	fc.oneof(
		{ weight: 5, arbitrary: ids('o', fewest, 6) },
		{ weight: 1, arbitrary: fc.constant(Array.from({ length: 50 }, (_, index) => `o${index}`)) },
	);

/** What a kind can be set to, beyond what every question has. */
const settings = (kind: QuestionKind, isAnswerable: boolean): fc.Arbitrary<object> => {
	const fewest = isAnswerable ? 2 : 0;
	const flags = { hasOther: fc.boolean(), isShuffled: fc.boolean() };
	const sorted = <Value extends string | number>(low: Value | null, high: Value | null) =>
		isAnswerable && low !== null && high !== null && low > high ? ([high, low] as const) : ([low, high] as const);
	switch (kind) {
		case 'short-text':
		case 'long-text':
			return fc.record({ mostCharacters: fc.integer({ min: 1, max: 10_000 }) });
		case 'one-choice':
			return fc.record({ options: optionsOf(fewest), ...flags });
		case 'many-choices':
			return fc
				.record({
					options: optionsOf(fewest),
					...flags,
					bounds: fc.tuple(maybe(fc.integer({ min: 1, max: 50 })), maybe(fc.integer({ min: 1, max: 50 }))),
				})
				.map(({ bounds, ...rest }) => {
					const [least, most] = sorted(...bounds);
					const there = rest.options.length + Number(rest.hasOther);
					return { ...rest, least: isAnswerable && least !== null ? Math.min(least, there) : least, most };
				});
		case 'rating':
			return fc.record({
				points: fc.integer({ min: 2, max: 10 }),
				look: fc.constantFrom('stars' as const, 'numbers' as const),
			});
		case 'matrix':
			return fc.record({
				rows: ids('r', isAnswerable ? 1 : 0, 5),
				options: ids('o', fewest, 5),
				isShuffled: fc.boolean(),
			});
		case 'ranking':
			return fc.record({ options: ids('o', fewest, 6), isShuffled: fc.boolean() });
		case 'date':
			return fc.tuple(maybe(day), maybe(day)).map((days) => {
				const [earliest, latest] = sorted(...days);
				return { earliest, latest };
			});
		case 'number':
			return fc
				.record({ bounds: fc.tuple(maybe(number), maybe(number)), isWhole: fc.boolean() })
				.map(({ bounds, isWhole }) => {
					const [min, max] = sorted(...bounds);
					return isAnswerable && isWhole
						? { min: min && Math.floor(min), max: max && Math.ceil(max), isWhole }
						: { min, max, isWhole };
				});
		default:
			return fc.constant({});
	}
};

const question = (id: string, known: readonly string[], limits: SurveyLimits): fc.Arbitrary<Question> =>
	fc
		.constantFrom(...(limits.kinds ?? questionKinds))
		.chain((kind) =>
			fc
				.tuple(
					fc.boolean(),
					fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: condition(known) }),
					rules(known),
					settings(kind, limits.isAnswerable ?? false),
				)
				.map(([isRequired, showIf, rules, rest]) => ({ kind, id, isRequired, showIf, rules, ...rest }) as Question),
		);

const chosenWords = <Key extends string>(keys: readonly Key[], most: number) =>
	fc.record(Object.fromEntries(keys.map((key) => [key, words(most)])) as Record<Key, fc.Arbitrary<string>>, {
		requiredKeys: [],
	});

const texts = (metric: Metric, points: number, questions: readonly Question[]) => {
	const own = bucketsOf(standardScale(metric, points));
	const perBucket = <Value>(value: fc.Arbitrary<Value>) =>
		fc.record(Object.fromEntries(own.map((bucket) => [bucket, value])), { requiredKeys: [] });
	const ofQuestion = (question: Question) =>
		fc.record(
			{
				title: words(300),
				description: words(600),
				options: chosenWords('options' in question ? question.options : [], 200),
				rows: chosenWords('rows' in question ? question.rows : [], 200),
				lowLabel: words(60),
				highLabel: words(60),
			},
			{ requiredKeys: [] },
		);
	return fc.record(
		{
			question: words(300),
			lowLabel: words(60),
			highLabel: words(60),
			followUps: perBucket(words(300)),
			questions: fc.record(Object.fromEntries(questions.map((question) => [question.id, ofQuestion(question)])), {
				requiredKeys: [],
			}),
			thanks: words(600),
			endings: perBucket(fc.record({ text: words(600), button: words(60) }, { requiredKeys: [] })),
			subject: words(150),
		},
		{ requiredKeys: [] },
	);
};

const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
const brand = fc.record({
	colour,
	logoId: maybe(fc.constant('0123456789abcdef01234567')),
	typeface: fc.constantFrom(...typefaces),
	corner: fc.constantFrom(...corners),
	background: fc.record({ light: maybe(colour), dark: maybe(colour) }),
	scheme: fc.constantFrom(...schemes),
});

const sender = fc.record({
	name: maybe(words(80).map((name) => name.replace(/[\r\n<>"]/g, '').trim() || 'Shop')),
	replyTo: maybe(fc.constantFrom('help@example.com', 'o.brien+nps@example.co.uk')),
});

const hiddenField = fc
	.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789_-'), minLength: 1, maxLength: 38 })
	.map((name) => `h${name}`)
	.filter((name) => !reservedNames.includes(name));

const namesSomebody: readonly QuestionKind[] = ['email', 'phone'];

/** Any survey that the schema takes, as it keeps it: what comes out of definitionSchema unchanged. */
export const randomSurvey = (limits: SurveyLimits = {}): fc.Arbitrary<Definition> =>
	fc
		.record({
			metric: fc.constantFrom(...metrics),
			length: fc.nat({ max: 3 }),
			look: fc.nat({ max: 4 }),
			order: fc.constantFrom(...orders),
			ids: ids('q', 0, limits.questions ?? 8),
		})
		.chain(({ metric, length, look, order, ids }) => {
			const isAnonymous = metric === 'enps';
			const lengths = lengthsOf(metric);
			const points = lengths[length % lengths.length]!;
			const looks = looksOf(metric, points);
			const kinds = (limits.kinds ?? questionKinds).filter((kind) => !isAnonymous || !namesSomebody.includes(kind));
			const scale = { ...standardChoice(metric, points), look: looks[look % looks.length]!, order };
			const spoken = limits.languages ?? languages;
			const link = fc
				.tuple(fc.constant('link' as const), fc.webUrl({ validSchemes: ['https', 'http'] }))
				.map(([kind, address]) => ({ kind, address }));
			const plainEnding = fc.constantFrom(
				{ kind: 'thanks' as const },
				{ kind: 'promise' as const },
				...(isAnonymous ? [] : [{ kind: 'permission' as const }]),
			);
			return fc
				.tuple(...(kinds.length ? ids : []).map((id) => question(id, ids, { ...limits, kinds })))
				.chain((questions) =>
					fc.record({
						metric: fc.constant(metric),
						scale: fc.constant(scale),
						template: fc.constantFrom(...templateIds),
						language: fc.constantFrom(...(limits.languages?.slice(0, 1) ?? languages)),
						texts: fc
							.uniqueArray(fc.tuple(fc.constantFrom(...spoken), texts(metric, points, questions)), {
								maxLength: 3,
								selector: ([language]) => language,
							})
							.map((pairs) => Object.fromEntries(pairs)),
						hasComment: fc.boolean(),
						rules: rules(ids),
						questions: fc.constant(questions),
						endings: fc.record(
							Object.fromEntries(
								bucketsOf(standardScale(metric, points)).map((key) => [key, fc.oneof(plainEnding, link)]),
							),
							{ requiredKeys: [] },
						),
						hiddenFields: isAnonymous ? fc.constant([]) : fc.uniqueArray(hiddenField, { maxLength: 4 }),
						brand,
						sender,
					}),
				);
		})
		.map((definition) => definitionSchema.parse(definition));
