// A survey's words as a CSV file for translators, and back: what cannot be taken is refused by line, the rest stays safe.
import { csvReader } from '../import/csv.ts';
import { delimiterOf } from '../import/delimiter.ts';
import { csvRecord } from '../report/csv.ts';
import { Invalid } from '../errors.ts';
import type { Definition } from './definition.ts';
import { languageNames, parseLanguage, type Language } from './language.ts';
import { placesOf, standardAt, textAt, withText } from './text-places.ts';
import { languagesOf, lostIn, sideBySide, type StandardIn } from './translations.ts';

/** The columns before those of the languages. */
const fixed = ['key', 'context', 'base'] as const;

/** Every text as a row: its key, where it stands, the base language, and each other language, empty where it has none. */
export const toCsv = (definition: Definition, standardIn: StandardIn): string => {
	const others = languagesOf(definition).filter((language) => language !== definition.language);
	const rows = sideBySide(definition, definition.language, standardIn)
		.filter(({ key, base }) => base || others.some((language) => textAt(definition.texts[language], key)))
		.map(({ key, context, base }) => [
			key,
			context,
			base,
			...others.map((language) => textAt(definition.texts[language], key) ?? null),
		]);
	return [[...fixed, ...others], ...rows].map((row) => csvRecord(row)).join('');
};

export type RefusedRow = { line: number; language: Language | null; reason: string };
export type Taken = {
	definition: Definition;
	/** Texts that are new or other than before, by language. */
	changed: Partial<Record<Language, number>>;
	refused: RefusedRow[];
};

/** The apostrophe that keeps a formula from running is ours, not the translator's. */
const readCell = (cell: string) => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '').trim();

const sameWords = (a: string, b: string) => a.replace(/\s+/gu, ' ').trim() === b.replace(/\s+/gu, ' ').trim();

/** The column of each part of the file. Throws Invalid for a header that cannot be read. */
const columnsOf = (header: readonly string[], base: Language) => {
	const names = header.map((cell) => cell.trim().toLowerCase());
	const key = names.indexOf('key');
	if (key < 0)
		throw new Invalid('The first row should name the columns: key, context, base, and the code of each language.');
	const others = names.flatMap((name, index): { index: number; language: Language }[] => {
		const language = (fixed as readonly string[]).includes(name) ? null : parseLanguage(name);
		return language && language !== base ? [{ index, language }] : [];
	});
	if (others.length === 0)
		throw new Invalid('No column is named by the code of a language, such as si for Sinhala or ar for Arabic.');
	const twice = others.find(({ language }, at) => others.findIndex((other) => other.language === language) !== at);
	if (twice) throw new Invalid(`Two columns are for ${languageNames[twice.language]}. Take one out.`);
	const unknown = names.filter(
		(name) => name && !(fixed as readonly string[]).includes(name) && parseLanguage(name) === null,
	);
	return { key, base: names.indexOf('base'), others, unknown };
};

/**
 * Takes the words of a CSV file into a survey. An empty cell leaves what is there; each cell that is too long, lost a
 * {name}, or belongs to a base that reads otherwise by now is refused with its line. Throws Invalid where the file as a
 * whole cannot be read.
 */
export const fromCsv = (definition: Definition, csv: string, standardIn: StandardIn): Taken => {
	const text = csv.replace(/^\u{FEFF}/u, '');
	const reader = csvReader(delimiterOf(text.slice(0, 65_536)));
	const rows = [...reader.push(text), ...reader.end()];
	const [header, ...lines] = rows;
	if (!header) throw new Invalid('This file is empty.');
	if (header.problem) throw new Invalid(`The first row cannot be read. ${header.problem}.`);
	const columns = columnsOf(header.cells, definition.language);
	const places = new Map(placesOf(definition).map((place) => [place.key, place]));
	const baseStandard = standardIn(definition.language);
	const refused: RefusedRow[] = columns.unknown.map((name) => ({
		line: header.line,
		language: null,
		reason: `"${name.slice(0, 40)}" is not the code of a language that customers can be met in. The column was left out.`,
	}));
	const changed: Taken['changed'] = {};
	const texts = { ...definition.texts };
	const seen = new Set<string>();
	for (const { line, cells, problem } of lines) {
		const refuse = (reason: string, language: Language | null = null) => refused.push({ line, language, reason });
		const key = (cells[columns.key] ?? '').trim();
		const place = places.get(key);
		if (problem) refuse(`${problem}.`);
		else if (!place) refuse(`There is no text with the key "${key.slice(0, 80)}" in this survey.`);
		else if (seen.has(key)) refuse(`The key "${key}" stood in the file before.`);
		if (problem || !place || seen.has(key)) continue;
		seen.add(key);
		const base = textAt(definition.texts[definition.language], key) ?? standardAt(baseStandard, definition, key) ?? '';
		const theirs = columns.base < 0 ? base : (cells[columns.base] ?? '').trim();
		if (!sameWords(base, theirs) && !sameWords(base, readCell(theirs))) {
			refuse(`The base language now says "${base}", and the file translates "${theirs.slice(0, 300)}".`);
			continue;
		}
		for (const { index, language } of columns.others) {
			const [cell, current] = [(cells[index] ?? '').trim(), textAt(texts[language], key)];
			const written = readCell(cell);
			if (!written || cell === current) continue;
			const lost = lostIn(base, written);
			if (written.length > place.most)
				refuse(`It has ${written.length.toLocaleString('en')} characters, and ${place.most} fit.`, language);
			else if (lost.length > 0)
				refuse(`It lost ${lost.map((name) => `{${name}}`).join(' and ')}, which the base has.`, language);
			else if (current !== written) {
				texts[language] = withText(texts[language] ?? {}, key, written);
				changed[language] = (changed[language] ?? 0) + 1;
			}
		}
	}
	return { definition: { ...definition, texts }, changed, refused };
};
