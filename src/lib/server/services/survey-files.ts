// Surveys as files: exported with their logo in them, and taken in from anywhere, hostile files included.
import { Invalid } from '#lib/domain/errors.ts';
import * as file from '#lib/domain/survey/file.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import { fileNameOf } from './exports.ts';
import * as logos from './logos.ts';
import * as surveys from './surveys.ts';

/** Where the schema of the file is served. */
export const schemaAddress = (ctx: Context): string => ctx.config.PUBLIC_URL + file.schemaPath;

const known = new Map<string, string>();

/** The JSON Schema of the file, as text; made once. */
export const schema = (ctx: Context): string => {
	const address = schemaAddress(ctx);
	const text = known.get(address) ?? JSON.stringify(file.jsonSchema(address));
	known.set(address, text);
	return text;
};

const dataOf = async (ctx: Context, scope: Scope, logoId: string | null): Promise<string | null> => {
	if (logoId === null) return null;
	const { mediaType, bytes } = await logos.byId(ctx, scope.workspaceId, logoId);
	return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
};

/** A survey's draft as the text of a file. Throws NotFound. */
export const write = async (
	ctx: Context,
	scope: Scope,
	surveyId: string,
): Promise<{ fileName: string; text: string }> => {
	const { name, draft } = await surveys.byId(ctx, scope, surveyId);
	const logo = await dataOf(ctx, scope, draft.brand.logoId);
	return { fileName: `${fileNameOf(name)}.json`, text: file.write(name, draft, schemaAddress(ctx), logo) };
};

/**
 * Makes a draft of a file's text, under an id from `surveys.newId`. Throws Invalid with every problem by its path.
 * A logo that cannot be drawn is left out, and the survey is made.
 */
export const take = async (
	ctx: Context,
	scope: Scope,
	{ id, text }: { id: string; text: string },
): Promise<{ survey: Survey; hasLostLogo: boolean }> => {
	const result = file.read(text);
	if ('problems' in result) {
		const { problems } = result;
		const { path, reason } = problems[0]!;
		const [problem, more] = [path ? `${path}: ${reason}` : reason, problems.length - 1];
		throw new Invalid(
			more > 0 ? t.sendings_file_problem_and_more({ problem, more }) : t.sendings_file_problem({ problem }),
			Object.fromEntries(problems.map(({ path, reason }) => [path || 'file', reason])),
		);
	}
	const { name, logo, definition } = result.file;
	const picture = logo ? new File([Buffer.from(logo.split(',')[1]!, 'base64')], 'logo') : null;
	const logoId = picture
		? await logos.add(ctx, scope, picture).catch((problem: unknown) => {
				if (problem instanceof Invalid) return null;
				throw problem;
			})
		: null;
	const content = { ...definition, brand: { ...definition.brand, logoId } };
	const survey = await surveys.add(ctx, scope, { id, name, definition: content });
	return { survey, hasLostLogo: (picture !== null || definition.brand.logoId !== null) && logoId === null };
};
