// Verbs on a workspace's own templates: one of each name. Every verb may be repeated.
import type { OwnTemplate } from '#lib/domain/survey/own-template.ts';
import type { Database } from './database.ts';
import { isDuplicateKey, repeatable } from './retry.ts';
import { ObjectId, parseId } from './rows/base.ts';
import type { SurveyTemplateRow } from './rows/survey-template.ts';

const toTemplate = ({ _id, name, purpose, definition, createdAt }: SurveyTemplateRow): OwnTemplate => ({
	id: _id.toHexString(),
	name,
	purpose,
	definition,
	createdAt,
});

const nameKey = (name: string) => name.normalize('NFKC').toLocaleLowerCase('en');
const of = (workspaceId: string, id: string) => ({ workspaceId: parseId(workspaceId), _id: parseId(id) });

/** In the order of their names. */
export const list = async (db: Database, workspaceId: string): Promise<OwnTemplate[]> => {
	const rows = await db.models.surveyTemplates
		.find({ workspaceId: parseId(workspaceId) })
		.sort({ nameKey: 1 })
		.lean<SurveyTemplateRow[]>();
	return rows.map(toTemplate);
};

export const byId = async (db: Database, workspaceId: string, id: string): Promise<OwnTemplate | null> => {
	const row = await db.models.surveyTemplates.findOne(of(workspaceId, id)).lean<SurveyTemplateRow>();
	return row && toTemplate(row);
};

/** Adds a template under the id it comes with; one that is there already stays. False when another has its name. */
export const insert = async (db: Database, workspaceId: string, template: OwnTemplate): Promise<boolean> => {
	const { id, ...rest } = template;
	const row = { _id: new ObjectId(id), workspaceId: new ObjectId(workspaceId), nameKey: nameKey(rest.name), ...rest };
	try {
		await repeatable(() => db.models.surveyTemplates.insertMany([row]));
		return true;
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		return (await byId(db, workspaceId, id)) !== null;
	}
};

/** Gives it another name and purpose. False when another template has that name. */
export const rename = async (
	db: Database,
	workspaceId: string,
	id: string,
	{ name, purpose }: Pick<OwnTemplate, 'name' | 'purpose'>,
): Promise<boolean> => {
	try {
		await repeatable(() =>
			db.models.surveyTemplates.updateOne(of(workspaceId, id), {
				$set: { name, nameKey: nameKey(name), purpose },
			}),
		);
		return true;
	} catch (error) {
		if (!isDuplicateKey(error)) throw error;
		return false;
	}
};

export const remove = async (db: Database, workspaceId: string, id: string): Promise<void> => {
	await repeatable(() => db.models.surveyTemplates.deleteOne(of(workspaceId, id)));
};
