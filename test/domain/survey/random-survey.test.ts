import fc from 'fast-check';
import { expect, test } from 'vitest';
import { definitionSchema } from '#lib/domain/survey/definition.ts';
import { questionKinds } from '#lib/domain/survey/question.ts';
import { check } from '#lib/domain/survey/paths.ts';
import { randomSurvey } from '#test/support/random-survey.ts';

test('what the schema made of a survey it makes of it again, also from JSON', () => {
	fc.assert(
		fc.property(randomSurvey(), (definition) => {
			expect(definitionSchema.parse(JSON.parse(JSON.stringify(definition)))).toEqual(definition);
		}),
		{ numRuns: 100 },
	);
});

test('random surveys have every kind of question, and with answerable ones no dead end but by rules and conditions', () => {
	const surveys = fc.sample(randomSurvey({ isAnswerable: true }), { numRuns: 200, seed: 7 });
	const kinds = new Set(surveys.flatMap(({ questions }) => questions.map(({ kind }) => kind)));
	expect([...kinds].sort()).toEqual([...questionKinds].sort());
	const ofRules = /^(condition-on-|rule-)|^passed$|^no-score$/;
	for (const survey of surveys) for (const { reason } of check(survey)) expect(reason.is).toMatch(ofRules);
});
