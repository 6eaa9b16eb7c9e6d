// How what a file says of a person meets what is known of them, and how that is taken back. Nothing empty erases anything.
import type { Language } from '../survey/language.ts';
import type { Property } from './contact.ts';

export type Details = { name: string; language: Language | null; properties: Property[] };

/** overwrite: what comes is newer and wins; fill: it is history, and only says what was not known. */
export type MergeRule = 'overwrite' | 'fill';

/** The details after a merge: properties by key, in their old order, new ones last. */
export const merge = (known: Details, coming: Details, rule: MergeRule): Details => {
	const pick = <Value extends string>(old: Value | null, fresh: Value | null): Value | null =>
		rule === 'overwrite' ? fresh || old : old || fresh;
	const values = new Map(known.properties.map(({ key, value }) => [key, value]));
	for (const { key, value } of coming.properties) {
		const merged = pick(values.get(key) ?? null, value);
		if (merged !== null) values.set(key, merged);
	}
	return {
		name: pick(known.name, coming.name) ?? '',
		language: pick(known.language, coming.language),
		properties: [...values].map(([key, value]) => ({ key, value })),
	};
};

/** Whether two details say the same. */
export const isSame = (a: Details, b: Details): boolean =>
	a.name === b.name &&
	a.language === b.language &&
	a.properties.length === b.properties.length &&
	a.properties.every(
		({ key, value }, index) => b.properties[index]?.key === key && b.properties[index].value === value,
	);

/** Takes a change back: each field goes from `after` to `before`, unless somebody has changed it since. */
export const restore = (now: Details, before: Details, after: Details): Details => {
	const back = <Value>(current: Value, old: Value, changed: Value): Value => (current === changed ? old : current);
	const valuesOf = ({ properties }: Details) => new Map(properties.map(({ key, value }) => [key, value]));
	const [old, changed] = [valuesOf(before), valuesOf(after)];
	return {
		name: back(now.name, before.name, after.name),
		language: back(now.language, before.language, after.language),
		properties: now.properties.flatMap(({ key, value }) => {
			const restored = back<string | undefined>(value, old.get(key), changed.get(key));
			return restored === undefined ? [] : [{ key, value: restored }];
		}),
	};
};
