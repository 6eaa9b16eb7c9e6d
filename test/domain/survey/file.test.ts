import fc from 'fast-check';
import { expect, test } from 'vitest';
import { definitionSchema } from '#lib/domain/survey/definition.ts';
import { jsonSchema, read, write } from '#lib/domain/survey/file.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import { randomSurvey } from '#test/support/random-survey.ts';

const address = 'https://heed.test/schema/survey-1.json';
const definition = definitionFrom(
	templates.find(({ id }) => id === 'cancellation')!,
	'en',
);
const good = write('Leaving', definition, address, null);
const problemsOf = (json: string) => {
	const result = read(json);
	return 'problems' in result ? result.problems : [];
};
/** The good file with something in it changed. */
const changed = (change: (file: ReturnType<typeof JSON.parse>) => void): string => {
	const file = JSON.parse(good);
	change(file);
	return JSON.stringify(file);
};

test('every survey survives export and import, but for the logo’s id', () => {
	fc.assert(
		fc.property(randomSurvey(), (survey) => {
			const result = read(write('Any', survey, address, null));
			if ('problems' in result) throw new Error(JSON.stringify(result.problems));
			expect(result.file.definition).toEqual({ ...survey, brand: { ...survey.brand, logoId: null } });
		}),
		{ numRuns: 100 },
	);
});

test.each([
	['what is no JSON', 'hello', '', /not JSON/],
	['an empty file', '', '', /not JSON/],
	['a list', '[]', '', /should be an object/],
	['another program’s file', '{"heed":2}', 'heed', /not a survey that Heed exported/],
	[
		'a metric that is none',
		changed((file) => (file.definition.metric = 'nope')),
		'definition.metric',
		/should be one of: nps, csat/,
	],
	[
		'two questions with one id',
		changed(({ definition }) => definition.questions.push(definition.questions[0])),
		'definition.questions[1].id',
		/Two questions have the id qreason/,
	],
	[
		'an option that is a number',
		changed(({ definition }) => (definition.questions[0].options[2] = 7)),
		'definition.questions[0].options[2]',
		/should be a text/,
	],
	['what nobody knows', changed((file) => (file.definition.extra = 1)), 'definition', /Nothing here is named “extra”/],
	[
		'a scale its metric does not have',
		changed(({ definition }) => (definition.scale.points = 11)),
		'definition.scale.points',
		/./,
	],
	['a logo that is a script', changed((file) => (file.logo = 'data:image/svg+xml;base64,AAAA')), 'logo', /PNG or JPEG/],
	[
		'an address that runs script',
		changed(({ definition }) => (definition.endings.satisfied = { kind: 'link', address: 'javascript:alert(1)' })),
		'definition.endings.satisfied.address',
		/https/,
	],
])('refuses %s, and says where', (_what, json, path, reason) => {
	expect(problemsOf(json)[0]).toMatchObject({ path, reason: expect.stringMatching(reason) });
});

test('refuses what is nested as deep as a stack, at once', () => {
	const deep = (open: string, close: string) => open.repeat(200_000) + close.repeat(200_000);
	expect(problemsOf(deep('[', ']'))[0]!.reason).toMatch(/nested/);
	const nested = `${'{"test":"not","of":'.repeat(5_000)}null${'}'.repeat(5_000)}`;
	expect(problemsOf(good.replace('"rules": []', `"rules": [{"when": ${nested}, "to": "end"}]`))[0]!.reason).toMatch(
		/nested/,
	);
});

test('a name that objects have already is refused and changes no object', () => {
	const hostile = good.replace('"definition": {', '"definition": {"__proto__": {"polluted": true},');
	expect(problemsOf(hostile).length).toBeGreaterThan(0);
	const inTexts = good.replace('"texts": {}', '"texts": {"en": {"questions": {"__proto__": {"title": "x"}}}}');
	expect(problemsOf(inTexts).length).toBeGreaterThan(0);
	expect(({} as { polluted?: boolean; title?: string }).polluted).toBeUndefined();
	expect(({} as { title?: string }).title).toBeUndefined();
});

test('names at most fifty problems', () => {
	const json = changed(({ definition }) => (definition.hiddenFields = Array.from({ length: 20 }, () => 1)));
	expect(problemsOf(json).length).toBeLessThanOrEqual(50);
});

/** Puts something else where one value of a JSON tree is. */
const mutated = fc
	.tuple(randomSurvey({ questions: 4 }), fc.nat(), fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)))
	.map(([survey, place, value]) => {
		const file = JSON.parse(write('Any', survey, address, null));
		const spots: [Record<string, unknown>, string][] = [];
		const walk = (node: unknown) => {
			if (typeof node !== 'object' || node === null) return;
			for (const key of Object.keys(node)) {
				spots.push([node as Record<string, unknown>, key]);
				walk((node as Record<string, unknown>)[key]);
			}
		};
		walk(file.definition);
		const [node, key] = spots[place % spots.length]!;
		if (value === undefined) delete node[key];
		else node[key] = value;
		return JSON.stringify(file);
	});

test('a file that was tampered with is refused with a reason, or is a survey that stays as it is', () => {
	fc.assert(
		fc.property(mutated, (json) => {
			const result = read(json);
			if ('problems' in result) expect(result.problems.every(({ reason }) => reason.length > 0)).toBe(true);
			else expect(definitionSchema.parse(result.file.definition)).toEqual(result.file.definition);
		}),
		{ numRuns: 200 },
	);
});

test('text that is not a survey is refused and breaks nothing', () => {
	fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (json) => 'problems' in read(json)));
});

test('the published schema names every part and where it is served', () => {
	const schema = jsonSchema(address) as { $id: string; properties: Record<string, unknown>; required: string[] };
	expect(schema.$id).toBe(address);
	expect(Object.keys(schema.properties)).toEqual(['$schema', 'heed', 'name', 'logo', 'definition']);
	expect(schema.required).toEqual(['heed', 'name', 'definition']);
	expect(JSON.stringify(schema)).toContain('"many-choices"');
});
