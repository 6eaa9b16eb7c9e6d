// The columns that a survey's questions have in an export: one for each question of every version, by the newest's words.
import type { Response } from '#lib/domain/response/response.ts';
import type { SurveyVersion } from '#lib/domain/survey/survey.ts';
import { allSaid } from '#lib/messages/answers.ts';

/** Headings with the question's id, so that two with the same words stay apart; and an answer's cells in their order. */
export const questionColumns = (versions: readonly SurveyVersion[]) => {
	const titles = new Map<string, string>();
	const definitions = new Map(versions.map(({ version, definition }) => [version, definition]));
	for (const { definition } of versions.toSorted((a, b) => b.version - a.version))
		for (const { id } of definition.questions) {
			const { questions } = definition.texts[definition.language] ?? {};
			if (!titles.has(id)) titles.set(id, questions?.[id]?.title ?? '');
		}
	const ids = [...titles.keys()];
	return {
		headings: ids.map((id) => [titles.get(id), `(${id})`].filter(Boolean).join(' ')),
		cellsOf: ({ version, answers }: Pick<Response, 'version' | 'answers'>): (string | null)[] => {
			const definition = definitions.get(version);
			if (!definition || answers.length === 0) return ids.map(() => null);
			const said = new Map(allSaid(definition, answers, '').map(({ id, answer }) => [id, answer]));
			return ids.map((id) => said.get(id) ?? null);
		},
	};
};
