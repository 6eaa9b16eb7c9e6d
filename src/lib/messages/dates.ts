// Days and moments as customers read them: in their language and calendar, in the digits of the scale.
import type { Language } from '#lib/domain/survey/language.ts';

const written = (language: Language, at: Date, parts: Intl.DateTimeFormatOptions) =>
	new Intl.DateTimeFormat(`${language}-u-nu-latn`, parts).format(at);

/** Intl calls the months of Sinhala by its moons (CLDR 48), which begin and end on other days; these are what everybody says. */
const sinhalaMonths = 'ජනවාරි පෙබරවාරි මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්'.split(' ');

const partsOf = (at: Date, parts: Intl.DateTimeFormatOptions, tag: string) =>
	Object.fromEntries(
		new Intl.DateTimeFormat(tag, parts).formatToParts(at).map(({ type, value }): [string, string] => [type, value]),
	);

/** The day of a moment in a zone: "March 15, 2026" */
export const dayIn = (language: Language, at: Date, timeZone = 'UTC'): string => {
	if (language !== 'si') return written(language, at, { dateStyle: 'long', timeZone });
	const { year, month, day } = partsOf(at, { year: 'numeric', month: 'numeric', day: 'numeric', timeZone }, 'en');
	return `${year} ${sinhalaMonths[Number(month) - 1]} ${day}`;
};

/** What stands between day and time where Intl has nothing, or a case ending that fits no sentence of ours. */
const joints: Partial<Record<Language, string>> = {
	...{ bn: ', ', hi: ', ', ml: ', ', pl: ', ', si: ', ', ta: ', ', tr: ', ' },
	ur: '، ',
};

/** A moment in a zone, which is named: "March 15, 2026 at 2:05 PM (GMT+1)" */
export const momentIn = (language: Language, at: Date, timeZone: string): string => {
	const joint = joints[language];
	const moment = joint
		? dayIn(language, at, timeZone) + joint + written(language, at, { timeStyle: 'short', timeZone })
		: written(language, at, { dateStyle: 'long', timeStyle: 'short', timeZone });
	// The Sinhala word for Greenwich is known to nobody; "GMT" is.
	const { timeZoneName } = partsOf(
		at,
		{ timeZoneName: 'short', timeZone },
		language === 'si' ? 'en' : `${language}-u-nu-latn`,
	);
	return `${moment} (${timeZoneName})`;
};
