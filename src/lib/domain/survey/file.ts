// A survey as one JSON file: what an export writes, and what an import takes or says is wrong with it, by path.
import { z } from 'zod';
import { definitionSchema, surveyNameSchema, type Definition } from './definition.ts';
import { reasonFor } from './file-reasons.ts';
import { logoLimits } from './logo.ts';

/** Where the schema of the file is served. */
export const schemaPath = '/schema/survey-1.json';

const logoSchema = z
	.string()
	.max(Math.ceil((logoLimits.bytes * 4) / 3) + 40, 'The logo in the file is too large')
	.regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/, 'A logo is a data: address of a PNG or JPEG')
	.nullable();

export const surveyFileSchema = z.strictObject({
	$schema: z.string().max(2000).optional(),
	/** The version of this format. */
	heed: z.literal(1, 'This is not a survey that Heed exported: "heed" should be 1'),
	name: surveyNameSchema,
	/** The picture itself, because each workspace has logos of its own. */
	logo: logoSchema.optional(),
	definition: definitionSchema,
});
export type SurveyFile = z.output<typeof surveyFileSchema>;

/** The JSON Schema of the file, for editors and other programs: what may be written, before it is tidied. */
export const jsonSchema = (address: string): object => ({
	$id: address,
	title: 'A survey of Heed',
	...z.toJSONSchema(surveyFileSchema, { io: 'input', target: 'draft-2020-12' }),
});

/** The text of a file. `logo` is a data: address, or null. */
export const write = (name: string, definition: Definition, schema: string, logo: string | null): string => {
	const content = { ...definition, brand: { ...definition.brand, logoId: null } };
	const file = { $schema: schema, heed: 1, name, ...(logo && { logo }), definition: content };
	return `${JSON.stringify(file, null, '\t')}\n`;
};

/** Deeper than any survey: conditions end long before. */
const mostDepth = 40;

/** How deep brackets are nested, those in strings left out; read without recursion, so that depth costs nothing. */
const depthOf = (json: string): number => {
	let [depth, deepest, isInString] = [0, 0, false];
	for (let at = 0; at < json.length; at++) {
		const code = json[at];
		if (isInString) {
			if (code === '\\') at++;
			else if (code === '"') isInString = false;
		} else if (code === '"') isInString = true;
		else if (code === '{' || code === '[') deepest = Math.max(deepest, ++depth);
		else if (code === '}' || code === ']') depth--;
	}
	return deepest;
};

/** What is wrong, and where: { path: 'definition.questions[3].options[0]', reason: '…' }. */
export type Problem = { path: string; reason: string };

const pathOf = (path: readonly PropertyKey[]): string =>
	path.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at ? '.' : ''}${String(step)}`)).join('');

/** As many as somebody reads. */
const mostProblems = 50;

/** Reads a file. What is wrong with it comes back as a list, and nothing is thrown. */
export const read = (json: string): { file: SurveyFile } | { problems: Problem[] } => {
	const whole = (reason: string) => ({ problems: [{ path: '', reason }] });
	const text = json.replace(/^\u{FEFF}/u, '');
	if (depthOf(text) > mostDepth) return whole(`It is nested more than ${mostDepth} deep, as no survey is.`);
	let value: unknown;
	// Zod passes over this name in silence, and whoever wrote it meant no survey.
	let hasProto = false;
	try {
		value = JSON.parse(text, (key, part: unknown) => {
			hasProto ||= key === '__proto__';
			return part;
		});
	} catch (problem) {
		return whole(`It is not JSON: ${(problem as SyntaxError).message.slice(0, 200)}.`);
	}
	if (hasProto) return whole('It has a part named "__proto__", as no survey has.');
	const parsed = surveyFileSchema.safeParse(value, { error: reasonFor });
	if (parsed.success) return { file: parsed.data };
	return {
		problems: parsed.error.issues
			.slice(0, mostProblems)
			.map(({ path, message }) => ({ path: pathOf(path), reason: message.slice(0, 300) })),
	};
};
