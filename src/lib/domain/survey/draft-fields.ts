// A survey as its editor shows it, field by field; draft.ts reads the same fields back.
import type { Definition } from './definition.ts';
import { bucketsOf, scaleOf } from './metric.ts';

/** A survey as the editor's fields, by name; '' where the standard wording is used. */
export const fieldsOf = (
	name: string,
	{ metric, scale, language, texts, brand }: Definition,
): Record<string, string> => {
	const own = texts[language] ?? {};
	const followUps = bucketsOf(scaleOf({ metric, scale })).map((bucket) => [
		`texts.followUps.${bucket}`,
		own.followUps?.[bucket] ?? '',
	]);
	return {
		name,
		language,
		'texts.question': own.question ?? '',
		'texts.lowLabel': own.lowLabel ?? '',
		'texts.highLabel': own.highLabel ?? '',
		...Object.fromEntries(followUps),
		'texts.thanks': own.thanks ?? '',
		'brand.colour': brand.colour,
		'brand.logoId': brand.logoId ?? '',
	};
};
