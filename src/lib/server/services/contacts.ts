// The customers one by one: found and listed, added by pasting, changed by hand.
import { z } from 'zod';
import { addressKey, readPasted } from '#lib/domain/contact/address.ts';
import type { Contact } from '#lib/domain/contact/contact.ts';
import { isSame } from '#lib/domain/contact/merge.ts';
import { Conflict, Invalid, NotFound } from '#lib/domain/errors.ts';
import { languages } from '#lib/domain/survey/language.ts';
import type { Person } from '#lib/domain/survey/personal.ts';
import { oneLine } from '#lib/domain/text.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as asking from '../db/asking.ts';
import * as audiences from '../db/audiences.ts';
import * as contactImports from '../db/contact-imports.ts';
import * as contactRows from '../db/contacts.ts';
import { contactStates, type ContactPaging } from '../db/contacts.ts';
import * as suppressions from '../db/suppressions.ts';

const pageSize = 50;
/** More at once is what importing a file is for. */
const mostPasted = 1_000;

export const searchSchema = z.object({
	words: z.string().max(100).default('').catch(''),
	state: z.enum(contactStates).nullable().default(null).catch(null),
	after: z.string().max(254).nullable().default(null).catch(null),
	before: z.string().max(254).nullable().default(null).catch(null),
});
export type Search = z.output<typeof searchSchema>;

/** A page of people by address, how many are found, and how many there are at all. */
export const list = async (ctx: Context, scope: Scope, { words, state, after, before }: Search) => {
	const { workspaceId } = scope;
	const search = { words, state };
	const paging: ContactPaging = { after, before, limit: pageSize + 1 };
	const [found, count, all] = await Promise.all([
		contactRows.list(ctx.db, workspaceId, search, paging),
		contactRows.count(ctx.db, workspaceId, search),
		contactRows.count(ctx.db, workspaceId, { words: '', state: null }),
	]);
	const hasMore = found.length > pageSize;
	const isBack = before !== null;
	const people = hasMore ? (isBack ? found.slice(1) : found.slice(0, pageSize)) : found;
	return {
		people,
		count,
		all,
		next: isBack || hasMore ? (people.at(-1)?.address ?? null) : null,
		previous: (isBack ? hasMore : after !== null) ? (people[0]?.address ?? null) : null,
	};
};

/** The first few people by address whose address, or a word of whose name, begins so. */
export const suggest = (ctx: Context, scope: Scope, words: string): Promise<Contact[]> => {
	const search = { words: words.slice(0, 100), state: null };
	return contactRows.list(ctx.db, scope.workspaceId, search, { after: null, before: null, limit: 8 });
};

/** Who somebody is looked at as; null where the person is not there, or no more. */
export const personOf = async (ctx: Context, scope: Scope, contactId: string): Promise<Person | null> => {
	const contact = await contactRows.byId(ctx.db, scope.workspaceId, contactId);
	return contact && { name: contact.name, properties: contact.properties };
};

/** The keys of the properties that the newest people have, by name. */
export const propertyKeys = async (ctx: Context, scope: Scope): Promise<string[]> =>
	(await audiences.knownProperties(ctx.db, scope.workspaceId, 2_000)).map(({ key }) => key);

export const pasteSchema = z.object({
	text: z.string().max(200_000, { error: () => t.people_paste_too_long() }),
	language: z.preprocess((value) => value || null, z.enum(languages).nullable()),
});
export type Pasted = z.output<typeof pasteSchema>;

/** What became of a paste; `refused` is given back to be mended, `addedIds` can be taken back. */
export type PasteResult = { addedIds: string[]; known: number; refused: string[] };

/** Adds the people of a pasted text who are not here yet; those who are stay as they are. Throws Invalid for an empty one. */
export const paste = async (ctx: Context, scope: Scope, { text, language }: Pasted): Promise<PasteResult> => {
	const { people, refused } = readPasted(text);
	if (!people.length && !refused.length) throw new Invalid(t.people_paste_empty(), { text: t.people_paste_empty() });
	if (people.length > mostPasted) {
		const reason = t.people_paste_too_many({ n: people.length, most: mostPasted });
		throw new Invalid(reason, { text: reason });
	}
	const byAddress = new Map(
		people.map(({ email, name }) => [addressKey(email), { email, name: oneLine(name).slice(0, 200) }]),
	);
	const { workspaceId } = scope;
	const addresses = [...byAddress.keys()];
	const here = new Set((await contactImports.known(ctx.db, workspaceId, addresses)).map(({ address }) => address));
	const fresh = addresses.filter((address) => !here.has(address));
	const suppressed = await suppressions.find(ctx.db, ctx.secret, workspaceId, fresh);
	const newcomers = fresh.map((address) => ({
		...byAddress.get(address)!,
		address,
		language,
		properties: [],
		lastAskedAt: null,
		...(suppressed.get(address) ?? { unsubscribedAt: null, bouncedAt: null }),
	}));
	await contactImports.add(ctx.db, workspaceId, null, newcomers, ctx.clock());
	const added = await contactImports.known(ctx.db, workspaceId, fresh);
	return { addedIds: added.map(({ id }) => id), known: here.size, refused: refused.map((each) => each.text) };
};

/** Takes a paste back: those of these people who came by hand and were not asked since. Returns how many went. */
export const takeBack = (ctx: Context, scope: Scope, contactIds: readonly string[]): Promise<number> =>
	contactRows.removeUnasked(ctx.db, scope.workspaceId, contactIds.slice(0, mostPasted));

/** Somebody by id. Throws NotFound. */
export const byId = async (ctx: Context, scope: Scope, contactId: string): Promise<Contact> => {
	const contact = await contactRows.byId(ctx.db, scope.workspaceId, contactId);
	if (!contact) throw new NotFound(t.people_not_here());
	return contact;
};

const line = (most: number) =>
	z
		.string()
		.max(most, { error: () => t.common_at_most_characters({ n: most }) })
		.transform(oneLine);
const listOf = (most: number) =>
	z.preprocess(
		(value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
		z.array(line(most)).max(200),
	);

export const detailsSchema = z
	.object({
		name: line(200),
		language: z.preprocess((value) => value || null, z.enum(languages).nullable()),
		keys: listOf(80),
		values: listOf(1_000),
		/** What the form showed, so that somebody else's change is not written over. */
		seen: z.string().max(400_000),
	})
	.transform(({ keys, values, ...rest }, check) => {
		const properties = keys
			.map((key, index) => ({ key, value: values[index] ?? '' }))
			.filter(({ key, value }) => key || value);
		if (properties.some(({ key }) => !key))
			check.addIssue({ code: 'custom', path: ['keys'], message: t.people_property_nameless() });
		if (new Set(properties.map(({ key }) => key)).size < properties.length)
			check.addIssue({ code: 'custom', path: ['keys'], message: t.people_property_twice() });
		return { ...rest, properties };
	});
export type Details = z.output<typeof detailsSchema>;

/** What a form shows, in a word: two words that differ mean that somebody changed it. */
export const fingerprintOf = ({
	name,
	language,
	properties,
}: Pick<Contact, 'name' | 'language' | 'properties'>): string =>
	JSON.stringify([name, language, properties.map(({ key, value }) => [key, value])]);

/** Changes what is known of somebody. Throws Conflict when it was changed since the form was opened. */
export const edit = async (
	ctx: Context,
	scope: Scope,
	contactId: string,
	{ seen, ...details }: Details,
): Promise<void> => {
	const now = await byId(ctx, scope, contactId);
	if (isSame(now, details)) return;
	const { name, language, properties } = now;
	const isAsSeen = fingerprintOf(now) === seen;
	if (
		isAsSeen &&
		(await contactRows.change(ctx.db, scope.workspaceId, contactId, { name, language, properties }, details))
	)
		return;
	throw new Conflict(t.people_changed_meanwhile());
};

/** Stops all surveys to somebody, by a colleague who was asked to. */
export const unsubscribe = async (ctx: Context, scope: Scope, contactId: string): Promise<void> => {
	await byId(ctx, scope, contactId);
	await asking.unsubscribe(ctx.db, scope.workspaceId, contactId, ctx.clock());
};

/** Lets somebody be asked again, who said so to a colleague. */
export const subscribe = async (ctx: Context, scope: Scope, contactId: string): Promise<void> => {
	const { email } = await byId(ctx, scope, contactId);
	await suppressions.remove(ctx.db, ctx.secret, scope.workspaceId, email);
	await asking.subscribe(ctx.db, scope.workspaceId, contactId);
};
