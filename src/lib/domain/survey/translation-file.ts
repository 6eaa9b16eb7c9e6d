// A survey's words as a CSV file for translators, and back: what cannot be taken is refused by line, the rest stays safe.
import { csvReader } from '../import/csv.ts';
import { delimiterOf } from '../import/delimiter.ts';
import { csvRecord, plainCell } from '../report/csv.ts';
import type { Definition } from './definition.ts';
import { parseLanguage, type Language } from './language.ts';
import { placesOf, standardAt, textAt, withText, type Spot } from './text-places.ts';
import { languagesOf, lostIn, sideBySide, type StandardIn } from './translations.ts';

/** The columns before those of the languages. */
const fixed = ['key', 'context', 'base'] as const;

/**
 * Every text as a row: its key, where it stands (in the words of `nameOf`), the base language, and each other language,
 * empty where it has none.
 */
export const toCsv = (
	definition: Definition,
	standardIn: StandardIn,
	nameOf: (spot: Spot, key: string) => string,
): string => {
	const others = languagesOf(definition).filter((language) => language !== definition.language);
	const rows = sideBySide(definition, definition.language, standardIn)
		.filter(({ key, base }) => base || others.some((language) => textAt(definition.texts[language], key)))
		.map(({ key, spot, base }) => [
			key,
			nameOf(spot, key),
			base,
			...others.map((language) => textAt(definition.texts[language], key) ?? null),
		]);
	return [[...fixed, ...others], ...rows].map((row) => csvRecord(row)).join('');
};

/** Why a row, or a cell of it, was not taken: messages/problems.ts has the words. */
export type RowReason =
	| { is: 'unknown-language'; name: string }
	/** Text follows a closing quote. */
	| { is: 'unreadable' }
	| { is: 'unknown-key' | 'repeated-key'; key: string }
	| { is: 'other-base'; base: string; theirs: string }
	| { is: 'too-long'; length: number; most: number }
	/** `names` as they stand in the base, without their braces. */
	| { is: 'lost-names'; names: string[] }
	/** The file was saved in an encoding without its letters: they are question marks now. */
	| { is: 'lost-letters'; text: string };
export type RefusedRow = { line: number; language: Language | null; reason: RowReason };

/** Why a file as a whole was not taken. */
export type FileProblem =
	{ is: 'empty' | 'no-key' | 'no-language' | 'unreadable' } | { is: 'repeated-language'; language: Language };

export type Taken = {
	definition: Definition;
	/** Texts that are new or other than before, by language. */
	changed: Partial<Record<Language, number>>;
	refused: RefusedRow[];
};

const readCell = (cell: string) => plainCell(cell).trim();

const sameWords = (a: string, b: string) => a.replace(/\s+/gu, ' ').trim() === b.replace(/\s+/gu, ' ').trim();

/** Question marks where letters were: "Dzi?kujemy", "???????". */
const lostLetters = /\uFFFD|\p{Script=Latin}\?\p{Script=Latin}|\?{3}/u;

type Columns = { key: number; base: number; others: { index: number; language: Language }[]; unknown: string[] };

/** The column of each part of the file, or what is wrong with its header. */
const columnsOf = (header: readonly string[], base: Language): Columns | FileProblem => {
	const names = header.map((cell) => cell.trim().toLowerCase());
	const key = names.indexOf('key');
	if (key < 0) return { is: 'no-key' };
	const others = names.flatMap((name, index): Columns['others'] => {
		const language = (fixed as readonly string[]).includes(name) ? null : parseLanguage(name);
		return language && language !== base ? [{ index, language }] : [];
	});
	if (others.length === 0) return { is: 'no-language' };
	const twice = others.find(({ language }, at) => others.findIndex((other) => other.language === language) !== at);
	if (twice) return { is: 'repeated-language', language: twice.language };
	const unknown = names.filter(
		(name) => name && !(fixed as readonly string[]).includes(name) && parseLanguage(name) === null,
	);
	return { key, base: names.indexOf('base'), others, unknown };
};

/**
 * Takes the words of a CSV file into a survey. An empty cell leaves what is there; each cell that is too long, lost a
 * {name}, or belongs to a base that reads otherwise by now is refused with its line. A file that as a whole cannot be
 * read takes nothing: what comes back is its problem. Throws Invalid for a quote that is never closed.
 */
export const fromCsv = (definition: Definition, csv: string, standardIn: StandardIn): Taken | FileProblem => {
	const text = csv.replace(/^\u{FEFF}/u, '');
	const reader = csvReader(delimiterOf(text.slice(0, 65_536)));
	const rows = [...reader.push(text), ...reader.end()];
	const [header, ...lines] = rows;
	if (!header) return { is: 'empty' };
	if (header.problem) return { is: 'unreadable' };
	const columns = columnsOf(header.cells, definition.language);
	if ('is' in columns) return columns;
	const places = new Map(placesOf(definition).map((place) => [place.key, place]));
	const baseStandard = standardIn(definition.language);
	const refused: RefusedRow[] = columns.unknown.map((name) => ({
		line: header.line,
		language: null,
		reason: { is: 'unknown-language', name: name.slice(0, 40) },
	}));
	const changed: Taken['changed'] = {};
	const texts = { ...definition.texts };
	const seen = new Set<string>();
	for (const { line, cells, problem } of lines) {
		const refuse = (reason: RowReason, language: Language | null = null) => refused.push({ line, language, reason });
		const key = (cells[columns.key] ?? '').trim();
		const place = places.get(key);
		if (problem) refuse({ is: 'unreadable' });
		else if (!place) refuse({ is: 'unknown-key', key: key.slice(0, 80) });
		else if (seen.has(key)) refuse({ is: 'repeated-key', key });
		if (problem || !place || seen.has(key)) continue;
		seen.add(key);
		const base = textAt(definition.texts[definition.language], key) ?? standardAt(baseStandard, definition, key) ?? '';
		const theirs = columns.base < 0 ? base : (cells[columns.base] ?? '').trim();
		if (!sameWords(base, theirs) && !sameWords(base, readCell(theirs))) {
			refuse({ is: 'other-base', base, theirs: theirs.slice(0, 300) });
			continue;
		}
		for (const { index, language } of columns.others) {
			const [cell, current] = [(cells[index] ?? '').trim(), textAt(texts[language], key)];
			const written = readCell(cell);
			if (!written || cell === current) continue;
			const lost = lostIn(base, written);
			if (written.length > place.most) refuse({ is: 'too-long', length: written.length, most: place.most }, language);
			else if (lostLetters.test(written) && !lostLetters.test(base))
				refuse({ is: 'lost-letters', text: written.slice(0, 40) }, language);
			else if (lost.length > 0) refuse({ is: 'lost-names', names: lost }, language);
			else if (current !== written) {
				texts[language] = withText(texts[language] ?? {}, key, written);
				changed[language] = (changed[language] ?? 0) + 1;
			}
		}
	}
	return { definition: { ...definition, texts }, changed, refused };
};
