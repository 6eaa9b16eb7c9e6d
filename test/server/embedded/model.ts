// A plain model of the documented behaviour for documents of one shape: no indexes, no planner, no bytes; a list and loops.

/** A contact: `key` is unique where it is there, `tags` are numbers. A missing field is absent. */
export type Contact = { _id: number; key?: number; score?: number; tags?: number[] };

export type Condition = {
	_id?: number;
	key?: number | null;
	atLeast?: number;
	below?: number;
	tag?: number;
	tagIn?: number[];
	hasTags?: boolean;
};

export type Change =
	| { kind: 'set'; field: 'key' | 'score'; to: number }
	| { kind: 'unset'; field: 'key' | 'score' | 'tags' }
	| { kind: 'inc'; by: number }
	| { kind: 'max'; to: number }
	| { kind: 'push'; tag: number }
	| { kind: 'addToSet'; tag: number }
	| { kind: 'pull'; tag: number }
	| { kind: 'replace'; by: Omit<Contact, '_id'> };

export class Refused extends Error {}

export function meets(contact: Contact, { _id, key, atLeast, below, tag, tagIn, hasTags }: Condition): boolean {
	const { score, tags } = contact;
	if (_id !== undefined && contact._id !== _id) return false;
	if (key !== undefined && (contact.key ?? null) !== key) return false;
	if (atLeast !== undefined && !(score !== undefined && score >= atLeast)) return false;
	if (below !== undefined && !(score !== undefined && score < below)) return false;
	if (tag !== undefined && !tags?.includes(tag)) return false;
	if (tagIn !== undefined && !tags?.some((one) => tagIn.includes(one))) return false;
	return hasTags === undefined || (tags !== undefined) === hasTags;
}

/** The same condition as a filter for the database. */
export function filterOf(condition: Condition): Record<string, unknown> {
	const { _id, key, atLeast, below, tag, tagIn, hasTags } = condition;
	const filter: Record<string, unknown> = {};
	if (_id !== undefined) filter['_id'] = _id;
	if (key !== undefined) filter['key'] = key;
	if (atLeast !== undefined || below !== undefined) {
		filter['score'] = {
			...(atLeast === undefined ? {} : { $gte: atLeast }),
			...(below === undefined ? {} : { $lt: below }),
		};
	}
	const tags: Record<string, unknown>[] = [];
	if (tag !== undefined) tags.push({ tags: tag });
	if (tagIn !== undefined) tags.push({ tags: { $in: tagIn } });
	if (hasTags !== undefined) tags.push({ tags: { $exists: hasTags } });
	if (tags.length > 0) filter['$and'] = tags;
	return filter;
}

export function updateOf(change: Change): Record<string, unknown> {
	switch (change.kind) {
		case 'set':
			return { $set: { [change.field]: change.to } };
		case 'unset':
			return { $unset: { [change.field]: '' } };
		case 'inc':
			return { $inc: { score: change.by } };
		case 'max':
			return { $max: { score: change.to } };
		case 'push':
			return { $push: { tags: change.tag } };
		case 'addToSet':
			return { $addToSet: { tags: change.tag } };
		case 'pull':
			return { $pull: { tags: change.tag } };
		case 'replace':
			return change.by;
	}
}

function changed(contact: Contact, change: Change): Contact {
	const next = structuredClone(contact);
	switch (change.kind) {
		case 'set':
			next[change.field] = change.to;
			return next;
		case 'unset':
			delete next[change.field];
			return next;
		case 'inc':
			next.score = (next.score ?? 0) + change.by;
			return next;
		case 'max':
			next.score = next.score === undefined ? change.to : Math.max(next.score, change.to);
			return next;
		case 'push':
			next.tags = [...(next.tags ?? []), change.tag];
			return next;
		case 'addToSet':
			if (!next.tags?.includes(change.tag)) next.tags = [...(next.tags ?? []), change.tag];
			return next;
		case 'pull':
			if (next.tags) next.tags = next.tags.filter((tag) => tag !== change.tag);
			return next;
		case 'replace':
			return { _id: contact._id, ...change.by };
	}
}

const isSame = (a: Contact, b: Contact) =>
	a.key === b.key && a.score === b.score && JSON.stringify(a.tags) === JSON.stringify(b.tags);

/** The contacts as a list in the order of insertion. Throws Refused where the database answers with a duplicate key. */
export class Model {
	contacts: Contact[] = [];

	private refuseTaken(next: Contact): void {
		const others = this.contacts.filter((other) => other._id !== next._id);
		if (next.key !== undefined && others.some((other) => other.key === next.key)) throw new Refused();
	}

	insert(contact: Contact): void {
		if (this.contacts.some((other) => other._id === contact._id)) throw new Refused();
		this.refuseTaken(contact);
		this.contacts.push(structuredClone(contact));
	}

	/** Changes the one with the lowest _id, or all in no particular order when they cannot stand in each other's way. */
	update(condition: Condition, change: Change, isMany: boolean): { matched: number; modified: number } {
		const found = this.contacts.filter((contact) => meets(contact, condition)).sort((a, b) => a._id - b._id);
		let modified = 0;
		for (const contact of isMany ? found : found.slice(0, 1)) {
			const next = changed(contact, change);
			this.refuseTaken(next);
			if (!isSame(contact, next)) modified++;
			this.contacts[this.contacts.indexOf(contact)] = next;
		}
		return { matched: isMany ? found.length : Math.min(1, found.length), modified };
	}

	delete(condition: Condition, isMany: boolean): number {
		const found = this.contacts.filter((contact) => meets(contact, condition)).sort((a, b) => a._id - b._id);
		const gone = new Set(isMany ? found : found.slice(0, 1));
		this.contacts = this.contacts.filter((contact) => !gone.has(contact));
		return gone.size;
	}
}
