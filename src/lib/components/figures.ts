// Numbers as people read them: every page writes counts, shares and scores through here.

import { spoken } from '#lib/messages/managers.ts';

/** 6121 → "6,121" */
export const count = (value: number) => new Intl.NumberFormat(spoken()).format(value);

/** A share of a total as a percentage: (1, 3) → "33 %". Nothing of nothing is "–". */
export function share(part: number, total: number, digits = 0) {
	if (total === 0) return '–';
	const shown = new Intl.NumberFormat(spoken(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
	return `${shown.format((100 * part) / total)}\u00a0%`;
}

/** A score with a true minus sign, rounded only here: −12.345 → "−12.3". No score is "–". */
export function score(value: number | null, digits = 0) {
	if (value === null) return '–';
	return new Intl.NumberFormat(spoken(), {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
		signDisplay: 'negative',
	})
		.format(value)
		.replace('-', '−');
}

/** A size in bytes: 1536 → "1.5 kB" */
export function bytes(size: number) {
	const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
	const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3));
	return new Intl.NumberFormat(spoken(), {
		style: 'unit',
		unit: units[step],
		// Short for bytes is "byte", also of many.
		unitDisplay: step ? 'short' : 'long',
		maximumFractionDigits: step ? 1 : 0,
	}).format(size / 1000 ** step);
}
