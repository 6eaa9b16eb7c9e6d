import { expect, test } from 'vitest';
import { path } from '#lib/domain/survey/flow.ts';
import { check } from '#lib/domain/survey/paths.ts';
import { definitionFrom, offered, templates } from '#lib/domain/survey/templates.ts';

const askedBy = (id: string, score: number) =>
	path(
		definitionFrom(
			templates.find((template) => template.id === id)!,
			'en',
		),
		{
			score,
			answers: new Map(),
			properties: [],
			language: 'en',
		},
	).map((question) => question.id);

test.each([
	['ces-onboarding', 2, ['qstep']],
	['ces-onboarding', 4, []],
	['ces-onboarding', 7, []],
	['ces-returns', 1, ['qstep']],
	['ces-returns', 6, []],
	['cancellation', 1, ['qreason']],
	['cancellation', 5, ['qreason']],
	['nps-relationship', 0, []],
])('%s at a score of %i goes on with %j', (id, score, asked) => {
	expect(askedBy(id, score)).toEqual(asked);
});

test.each(offered)('$id has no dead end', (template) => {
	expect(check(definitionFrom(template, 'en'))).toEqual([]);
});
