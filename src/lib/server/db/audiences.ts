// Finds and counts whom a sending would ask: by index, in the order in which preparing goes.
import { reservedPattern } from '#lib/domain/contact/address.ts';
import { leftOutReasons, type AskingRules, type LeftOut } from '#lib/domain/contact/asking.ts';
import type { Contact } from '#lib/domain/contact/contact.ts';
import type { Audience } from '#lib/domain/sending/sending.ts';
import { toContact } from './contacts.ts';
import type { Database } from './database.ts';
import { parseId } from './rows/base.ts';
import type { ContactRow } from './rows/contact.ts';

/** A contact as preparing needs it. */
export type Candidate = Contact & { askedBySendingId: string | null };

const toCandidate = (row: ContactRow): Candidate => ({
	...toContact(row),
	askedBySendingId: row.askedBySendingId?.toHexString() ?? null,
});

const everybody = (workspaceId: string, audience: Audience) => ({
	workspaceId: parseId(workspaceId),
	deletedAt: null,
	...(audience.kind === 'property' && {
		properties: { $elemMatch: { key: audience.key, value: audience.value } },
	}),
});

/** The rule of domain/contact/asking.ts as filters, for lists: one for each reason, each without those before it, and `asked` for the rest. */
const filters = ({ askedSince, isForReal }: AskingRules): Record<LeftOut | 'asked', object> => {
	const nobody = reservedPattern.source;
	const person = { isSample: false, ...(isForReal && { address: { $not: { $regex: nobody } } }) };
	const subscribed = { ...person, unsubscribedAt: null };
	const reachable = { ...subscribed, bouncedAt: null };
	// Compared as dates only: null is neither before nor after.
	const longAgo = askedSince ? { $or: [{ lastAskedAt: null }, { lastAskedAt: { $lte: askedSince } }] } : {};
	return {
		sample: isForReal ? { $or: [{ isSample: true }, { address: { $regex: nobody } }] } : { isSample: true },
		unsubscribed: { ...person, unsubscribedAt: { $ne: null } },
		refused: { ...subscribed, bouncedAt: { $ne: null } },
		askedLately: askedSince ? { ...reachable, lastAskedAt: { $gt: askedSince } } : { _id: null },
		asked: { ...reachable, ...longAgo },
	};
};

export type AudienceCounts = { asked: number; leftOut: Record<LeftOut, number> };

/** The same rule as an expression: the reason, or `asked`. Null is less than any date. */
const reasonOf = ({ askedSince, isForReal }: AskingRules) => {
	const isNowhere = { $regexMatch: { input: '$address', regex: reservedPattern.source } };
	return {
		$switch: {
			branches: [
				{ case: isForReal ? { $or: ['$isSample', isNowhere] } : '$isSample', then: 'sample' },
				{ case: { $gt: ['$unsubscribedAt', null] }, then: 'unsubscribed' },
				{ case: { $gt: ['$bouncedAt', null] }, then: 'refused' },
				...(askedSince ? [{ case: { $gt: ['$lastAskedAt', askedSince] }, then: 'askedLately' }] : []),
			],
			default: 'asked',
		},
	};
};

/** How many would be asked, and how many left out for which reason; everybody is looked at once. */
export const count = async (
	db: Database,
	workspaceId: string,
	audience: Audience,
	rules: AskingRules,
): Promise<AudienceCounts> => {
	const found = await db.models.contacts.aggregate<{ _id: LeftOut | 'asked'; people: number }>([
		{ $match: everybody(workspaceId, audience) },
		{ $group: { _id: reasonOf(rules), people: { $sum: 1 } } },
	]);
	const numbers = new Map(found.map(({ _id, people }) => [_id, people]));
	const leftOut = Object.fromEntries(leftOutReasons.map((reason) => [reason, numbers.get(reason) ?? 0]));
	return { asked: numbers.get('asked') ?? 0, leftOut: leftOut as Record<LeftOut, number> };
};

const after = (contactId: string | null) => (contactId ? { _id: { $gt: parseId(contactId) } } : {});

/** The next people who would be asked, or who are left out for a reason, after a contact id. */
export const page = async (
	db: Database,
	workspaceId: string,
	audience: Audience,
	rules: AskingRules,
	which: LeftOut | 'asked',
	paging: { after: string | null; limit: number },
): Promise<Contact[]> => {
	const rows = await db.models.contacts
		.find({ ...everybody(workspaceId, audience), ...filters(rules)[which], ...after(paging.after) })
		.sort({ _id: 1 })
		.limit(paging.limit)
		.lean<ContactRow[]>();
	return rows.map(toCandidate);
};

/** The next people of an audience, askable or not, after a contact id. */
export const batch = async (
	db: Database,
	workspaceId: string,
	audience: Audience,
	paging: { after: string | null; limit: number },
): Promise<Candidate[]> => {
	const rows = await db.models.contacts
		.find({ ...everybody(workspaceId, audience), ...after(paging.after) })
		.sort({ _id: 1 })
		.limit(paging.limit)
		.lean<ContactRow[]>();
	return rows.map(toCandidate);
};

/** How many people have each value of a property. */
export const countValues = (
	db: Database,
	workspaceId: string,
	key: string,
	values: readonly string[],
): Promise<{ value: string; count: number }[]> =>
	Promise.all(
		values.map(async (value) => ({
			value,
			count: await db.models.contacts.countDocuments(everybody(workspaceId, { kind: 'property', key, value })),
		})),
	);

/** Property keys and values that the newest people have, most frequent first: what a form suggests. */
export const knownProperties = async (
	db: Database,
	workspaceId: string,
	newest: number,
): Promise<{ key: string; values: string[] }[]> => {
	const rows = await db.models.contacts
		.find({ ...everybody(workspaceId, { kind: 'all' }) })
		.sort({ _id: -1 })
		.limit(newest)
		.select('properties')
		.lean<Pick<ContactRow, 'properties'>[]>();
	const seen = new Map<string, Map<string, number>>();
	for (const { key, value } of rows.flatMap(({ properties }) => properties)) {
		const values = seen.get(key) ?? new Map<string, number>();
		seen.set(key, values.set(value, (values.get(value) ?? 0) + 1));
	}
	return [...seen]
		.map(([key, values]) => ({ key, values: [...values].sort((a, b) => b[1] - a[1]).map(([value]) => value) }))
		.sort((a, b) => a.key.localeCompare(b.key));
};
