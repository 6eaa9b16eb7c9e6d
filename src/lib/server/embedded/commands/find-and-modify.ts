// findAndModify: change or remove one document and answer with it, as it was or as it is now.
import { failedToParse } from '../errors.ts';
import { refuseExpression } from '../matcher.ts';
import { compileProjection } from '../projection.ts';
import { remove as removeRecord } from '../records.ts';
import type { Doc } from '../values.ts';
import { applyTo, compile, matching, upsert } from './changes.ts';
import { type Command, docOption, isOn, listOption, refuseCollation, refuseOn, targetOf } from './command.ts';

export const findAndModify: Command = {
	kind: 'write',
	options: 'query sort update remove new fields upsert arrayFilters hint collation let bypassDocumentValidation'.split(
		' ',
	),
	run(call) {
		const { engine, command, db } = call;
		refuseOn(call, 'let');
		refuseCollation(command, 'findAndModify');
		const name = targetOf(call);
		const isRemove = isOn(command, 'remove');
		const isNew = isOn(command, 'new');
		const isUpsert = isOn(command, 'upsert');
		const change = command['update'];
		if (isRemove === (change !== undefined && change !== null))
			throw failedToParse('Either an update or remove=true must be specified');
		if (isRemove && isNew)
			throw failedToParse("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
		if (isRemove && listOption(command, 'arrayFilters').length > 0)
			throw failedToParse('Cannot specify arrayFilters and remove=true');
		if (isRemove && isUpsert) throw failedToParse('Cannot specify both upsert=true and remove=true');
		const filter = docOption(command, 'query');
		if (isUpsert) refuseExpression(filter, 'the query predicate for an upsert');
		const fields = docOption(command, 'fields');
		const project = Object.keys(fields).length > 0 ? compileProjection(fields, filter) : (doc: Doc) => doc;
		const apply = isRemove ? null : compile(change, filter, listOption(command, 'arrayFilters'));
		const collection = engine.catalog.find(db, name);
		const query = { filter, sort: docOption(command, 'sort'), hint: command['hint'], limit: 1 };
		const [row] = matching(call, collection, query);
		if (!apply) {
			if (row) removeRecord(engine.store, collection!, row.rid, row.doc);
			return { lastErrorObject: { n: row ? 1 : 0 }, value: row ? project(row.doc) : null, ok: 1 };
		}
		if (row) {
			const changed = applyTo(call, collection!, row, apply).doc;
			return { lastErrorObject: { n: 1, updatedExisting: true }, value: project(isNew ? changed : row.doc), ok: 1 };
		}
		if (!isUpsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
		const made = upsert(call, name, filter, apply);
		const lastErrorObject = { n: 1, updatedExisting: false, upserted: made['_id'] };
		return { lastErrorObject, value: isNew ? project(made) : null, ok: 1 };
	},
};
