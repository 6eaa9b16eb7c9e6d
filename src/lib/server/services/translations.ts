// A survey's words in its languages: saved over the revision that was seen, one language at a time, and as files.
import { z } from 'zod';
import { Conflict, Invalid } from '#lib/domain/errors.ts';
import { encodingOf } from '#lib/domain/import/encoding.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { confirmed, outdatedIn, type Outdated } from '#lib/domain/survey/outdated.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import { textsSchema } from '#lib/domain/survey/texts.ts';
import * as file from '#lib/domain/survey/translation-file.ts';
import * as translations from '#lib/domain/survey/translations.ts';
import { byteOrderMark } from '#lib/domain/report/csv.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import { placeName } from '#lib/messages/places.ts';
import { fileProblem, textProblem } from '#lib/messages/problems.ts';
import { standardTexts } from '#lib/messages/standard.ts';
import type { Context } from '../context.ts';
import { fileNameOf } from './exports.ts';
import * as surveys from './surveys.ts';

/** The product's words for a survey, by language. */
export const standardFor =
	(definition: Definition, workspace: Workspace): translations.StandardIn =>
	(language) =>
		standardTexts(definition, language, workspace.name);

/** Changes the draft as it is now; a change that somebody else made in between is kept, because this one is made anew. */
const edit = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
	change: (draft: Definition, noted: readonly Outdated[]) => Definition,
	note?: (outdated: readonly Outdated[]) => Outdated[],
): Promise<Survey> => {
	for (let attempt = 1; ; attempt++) {
		const { name, draft, draftRevision, outdated = [] } = await surveys.byId(ctx, scope, surveyId);
		try {
			return await surveys.saveDraft(ctx, scope, surveyId, {
				draftRevision,
				name,
				draft: change(draft, outdated),
				outdated: note?.(outdated),
			});
		} catch (problem) {
			if (!(problem instanceof Conflict) || attempt === 5) throw problem;
		}
	}
};

/** What was typed for one language: each text with what its editor saw before. */
export type Changes = { language: Language; texts: Record<string, string>; before: Record<string, string> };

/**
 * Saves texts of one language. Others may edit the rest of the survey meanwhile, and that is kept; where the same text
 * became another one, throws Conflict by key, with what it says now. Throws Invalid, by key, for what does not fit.
 */
export const save = (ctx: Context, scope: Scope, surveyId: string, changes: Changes): Promise<Survey> =>
	edit(ctx, scope, surveyId, (draft) => {
		const { language, texts, before } = changes;
		if (translations.isOvertaken(draft, language, texts, before)) throw new Conflict(t.design_texts_overtaken());
		const { definition, problems } = translations.apply(draft, language, texts);
		const fields = Object.fromEntries([...problems].map(([key, problem]) => [key, textProblem(problem)]));
		const [first] = Object.values(fields);
		if (first !== undefined) throw new Invalid(first, fields);
		return definition;
	});

/** Says of a translation that it is right still, though its base was edited. */
export const confirm = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
	language: Language,
	key: string,
): Promise<void> => {
	await edit(
		ctx,
		scope,
		surveyId,
		(draft) => draft,
		(noted) => confirmed(noted, language, key),
	);
};

/** Offers the survey in one more language. */
export const addLanguage = (ctx: Context, scope: Scope, surveyId: string, language: Language): Promise<Survey> =>
	edit(ctx, scope, surveyId, (draft) => translations.addLanguage(draft, language));

/** What was written in a language, and what the base said when those of it were that are out of date. */
const removedSchema = z.object({
	texts: textsSchema,
	was: z.record(z.string().max(200), z.string().max(600)),
});
type Removed = z.output<typeof removedSchema>;

/** Takes a language out and gives back what was in it. Throws Invalid for the base. */
export const removeLanguage = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
	language: Language,
): Promise<Removed> => {
	let removed: Removed = { texts: {}, was: {} };
	await edit(ctx, scope, surveyId, (draft, noted) => {
		removed = { texts: draft.texts[language] ?? {}, was: Object.fromEntries(outdatedIn(noted, language)) };
		const without = translations.removeLanguage(draft, language);
		if (!without) throw new Invalid(t.design_texts_base());
		return without;
	});
	return removed;
};

/** Puts a language back, given as JSON of what was removed; what was written in it meanwhile goes before. */
export const restoreLanguage = (
	ctx: Context,
	scope: Scope,
	surveyId: string,
	language: Language,
	json: string,
): Promise<Survey> => {
	const removed = removedSchema.safeParse(safeJson(json));
	if (!removed.success) throw new Invalid(t.design_texts_unreadable());
	const { texts, was } = removed.data;
	return edit(
		ctx,
		scope,
		surveyId,
		(draft) => ({ ...draft, texts: { ...draft.texts, [language]: { ...texts, ...draft.texts[language] } } }),
		(noted) => [...noted, ...Object.entries(was).map(([key, was]) => ({ key, was, languages: [language] }))],
	);
};

const safeJson = (json: string): unknown => {
	try {
		return JSON.parse(json);
	} catch {
		return null;
	}
};

/** The file for translators, which says in English where each text stands. Throws NotFound. */
export const write = async (ctx: Context, scope: Scope, workspace: Workspace, surveyId: string) => {
	const { name, draft, outdated = [] } = await surveys.byId(ctx, scope, surveyId);
	return {
		fileName: `${fileNameOf(name)}-texts.csv`,
		text:
			byteOrderMark +
			file.toCsv(draft, standardFor(draft, workspace), (spot, key) => {
				const late = outdated.flatMap((each) => (each.key === key ? each.languages : []));
				return placeName(spot, 'en') + (late.length > 0 ? ` (out of date: ${late.join(', ')})` : '');
			}),
	};
};

/** Takes a file in. What is refused of it comes back by line; the rest is saved. Throws Invalid for a whole that is none. */
export const take = async (
	ctx: Context,
	scope: Scope,
	workspace: Workspace,
	surveyId: string,
	bytes: Uint8Array<ArrayBuffer>,
): Promise<Pick<file.Taken, 'changed' | 'refused'>> => {
	const encoding = await encodingOf(new Blob([bytes]).stream());
	const csv = new TextDecoder(encoding).decode(bytes);
	if (csv.includes('\0') || csv.startsWith('PK\u0003')) throw new Invalid(t.common_file_not_text());
	let taken: file.Taken | null = null;
	await edit(ctx, scope, surveyId, (draft) => {
		const read = file.fromCsv(draft, csv, standardFor(draft, workspace));
		if ('is' in read) throw new Invalid(fileProblem(read));
		taken = read;
		return read.definition;
	});
	const { changed, refused } = taken!;
	return { changed, refused };
};
