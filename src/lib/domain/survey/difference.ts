// One difference between two versions of a survey, by its kind and what it speaks of. The words are not the domain's.
import type { Brand } from './brand.ts';
import type { Part } from './edits.ts';
import type { Ending } from './ending.ts';
import type { Language } from './language.ts';
import type { Bucket, Look, Metric, ScaleChoice } from './metric.ts';
import type { Place, PlacedCondition, PlacedRule } from './placed.ts';
import type { QuestionKind } from './question.ts';
import type { Spot } from './text-places.ts';

export type Both<Value> = { from: Value; to: Value };

/** A question, an option or a row: its number from 1, and its title in the base language where it has one. */
export type Named = { number: number; title: string | null };

/** What one kind of question can be set to. */
export const questionSettings = [
	'mostCharacters',
	'hasOther',
	'isShuffled',
	'least',
	'most',
	'points',
	'look',
	'earliest',
	'latest',
	'min',
	'max',
	'isWhole',
] as const;
export type QuestionSetting = (typeof questionSettings)[number];
export type SettingValue = string | number | boolean | null;

type OfQuestion =
	| { kind: 'question-removed' }
	| { kind: 'question-added'; asks: QuestionKind }
	| ({ kind: 'question-kind' } & Both<QuestionKind>)
	| { kind: 'question-required'; isRequired: boolean }
	/** When it is asked; null is always. */
	| ({ kind: 'question-shown' } & Both<PlacedCondition | null>)
	| { kind: 'part-removed' | 'part-added'; of: Part; part: Named }
	| { kind: 'parts-moved'; of: Part }
	| ({ kind: 'question-setting'; setting: QuestionSetting } & Both<SettingValue>);

export type Change =
	| ({ kind: 'metric' } & Both<Metric>)
	/** The standard wording is that of another template. */
	| { kind: 'template' }
	| ({ kind: 'points' } & Both<number>)
	| ({ kind: 'look' } & Both<Look>)
	| ({ kind: 'order' } & Both<ScaleChoice['order']>)
	/** Null is the standard wording. */
	| ({ kind: 'wording'; spot: Spot; language: Language } & Both<string | null>)
	| ({ kind: 'language' } & Both<Language>)
	| { kind: 'comment'; isAsked: boolean }
	| { kind: 'rule-removed' | 'rule-added'; after: Place | 'score'; rule: PlacedRule }
	| { kind: 'rules-moved'; after: Place | 'score' }
	| { kind: 'questions-moved' }
	| (OfQuestion & { question: Named })
	| ({ kind: 'ending'; bucket: Bucket } & Both<Ending>)
	| ({ kind: 'hidden-fields' } & Both<readonly string[]>)
	| ({ kind: 'colour' } & Both<string>)
	| ({ kind: 'typeface' } & Both<Brand['typeface']>)
	| ({ kind: 'corner' } & Both<Brand['corner']>)
	| ({ kind: 'scheme' } & Both<Brand['scheme']>)
	| { kind: 'logo-removed' | 'logo-added' | 'logo-changed' | 'background' }
	| ({ kind: 'sender-name' | 'reply-to' } & Both<string | null>)
	/** There is a difference, of none of these kinds. */
	| { kind: 'other' };

/** `endsComparison` says that scores before and after it are not to be compared. */
export type Difference = Change & { endsComparison: boolean };

/** One that compares with the past, as most do. */
export const minor = (change: Change): Difference => ({ ...change, endsComparison: false });

/** What became another, as a list of one; an empty one where both sides say the same. */
export const between = <Value>(
	from: Value,
	to: Value,
	change: (both: Both<Value>) => Change,
	endsComparison = false,
): Difference[] => (same(from, to) ? [] : [{ ...change({ from, to }), endsComparison }]);

/** Whether two values say the same. */
export const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
/** As JSON with its fields in order, so that what was written in another order is the same. */
const canonical = (value: unknown): string =>
	JSON.stringify(value, (_, inner: unknown) =>
		typeof inner === 'object' && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	) ?? 'undefined';
