// What rows about other things repeat of a person: mails about their answers, rows of files that were refused, what an
// import changed of them. Removed when the person is erased; each verb may be repeated.
import { addressKey } from '#lib/domain/contact/address.ts';
import type { Database } from './database.ts';
import { repeatable } from './retry.ts';
import { parseId } from './rows/base.ts';
import type { InvitationRow } from './rows/sending.ts';
import type { ResponseRow } from './rows/response.ts';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
/** Characters of an address: what stands beside one of these is part of a longer one. */
const part = "[a-z0-9.!#$%&'*+/=?^_`{|}~-]";

/** These addresses as words of a text: ana@shop.lk, and neither jana@shop.lk nor ana@shop.lk.example. */
const mentions = (addresses: readonly string[]) => ({
	$regex: `(^|[^${part.slice(1)})(${addresses.map(escaped).join('|')})($|[^a-z0-9.-]|\\.($|[^a-z0-9]))`,
	$options: 'i',
});

/** Every address a person was known by: theirs, and those they were asked at. */
export const addressesOf = async (
	db: Database,
	workspaceId: string,
	contactId: string,
	email: string,
): Promise<string[]> => {
	const rows = await db.models.invitations
		.find({ workspaceId: parseId(workspaceId), contactId: parseId(contactId) })
		.select('address')
		.lean<Pick<InvitationRow, 'address'>[]>();
	return [...new Set([email, ...rows.map(({ address }) => address)].map(addressKey))];
};

/** Ids of a person's answers, deleted or not. */
export const answersOf = async (db: Database, workspaceId: string, contactId: string): Promise<string[]> => {
	const rows = await db.models.responses
		.find({ workspaceId: parseId(workspaceId), contactId: parseId(contactId) })
		.select('_id')
		.lean<Pick<ResponseRow, '_id'>[]>();
	return rows.map(({ _id }) => _id.toHexString());
};

/** Removes kept mails that lead to one of these answers, and that anybody was to be told of them. */
export const removeAnswers = async (
	db: Database,
	workspaceId: string,
	responseIds: readonly string[],
): Promise<void> => {
	const workspace = parseId(workspaceId);
	for (let at = 0; at < responseIds.length; at += 200) {
		const ids = responseIds.slice(at, at + 200);
		await repeatable(() =>
			db.models.mailboxMessages.deleteMany({ workspaceId: workspace, text: { $regex: ids.join('|') } }),
		);
	}
	await repeatable(() =>
		db.models.alerts.deleteMany({ workspaceId: workspace, responseId: { $in: responseIds.map(parseId) } }),
	);
};

/** Removes kept mails to or about these addresses, rows of files with one of them, and what imports changed of the person. */
export const removePerson = async (
	db: Database,
	workspaceId: string,
	contactId: string,
	addresses: readonly string[],
): Promise<void> => {
	const workspace = parseId(workspaceId);
	const text = mentions(addresses);
	await repeatable(() =>
		db.models.mailboxMessages.deleteMany({ workspaceId: workspace, $or: [{ to: text }, { text }] }),
	);
	await repeatable(() => db.models.importRefusals.deleteMany({ workspaceId: workspace, cells: text }));
	await repeatable(() => db.models.importChanges.deleteMany({ workspaceId: workspace, contactId: parseId(contactId) }));
};
