import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import * as suppressions from '#lib/server/db/suppressions.ts';
import * as contacts from '#lib/server/services/contacts.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeContact, makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
let scope: Scope;
beforeAll(async () => {
	ctx = await testContext({ now: '2026-11-21T12:00:00Z' });
});
afterAll(() => ctx.close());
beforeEach(async () => {
	({ scope } = await makeTenant(ctx));
});

const everybody = { words: '', state: null, after: null, before: null };
const addresses = async (search: Partial<contacts.Search> = {}) =>
	(await contacts.list(ctx, scope, { ...everybody, ...search })).people.map(({ address }) => address);

it('names the properties of people here, and of nobody elsewhere', async () => {
	const other = await makeTenant(ctx);
	await makeContact(ctx, other.scope.workspaceId, { properties: [{ key: 'secret', value: '1' }] });
	await makeContact(ctx, scope.workspaceId, { properties: [{ key: 'plan', value: 'Pro' }] });
	await makeContact(ctx, scope.workspaceId, {
		properties: [
			{ key: 'plan', value: 'Free' },
			{ key: 'city', value: 'Kandy' },
		],
	});
	expect(await contacts.propertyKeys(ctx, scope)).toEqual(['city', 'plan']);
});

describe('pasting', () => {
	it('adds who is new, leaves who is here, and gives back what it cannot read', async () => {
		await makeContact(ctx, scope.workspaceId, { email: 'nimal@shop.lk', name: 'Nimal' });
		const result = await contacts.paste(ctx, scope, {
			text: 'Ana Perera <Ana@Shop.lk>, NIMAL@shop.lk; nobody\nana@shop.lk',
			language: 'si',
		});
		expect(result).toMatchObject({ known: 1, refused: ['nobody'] });
		expect(result.addedIds).toHaveLength(1);
		expect(await contacts.byId(ctx, scope, result.addedIds[0]!)).toMatchObject({
			address: 'ana@shop.lk',
			email: 'ana@shop.lk',
			language: 'si',
		});
		expect(await addresses()).toEqual(['ana@shop.lk', 'nimal@shop.lk']);
	});

	it('re-subscribes nobody, not even after they were erased', async () => {
		const unsubscribedAt = new Date('2026-01-01');
		await suppressions.add(ctx.db, ctx.secret, scope.workspaceId, 'gone@shop.lk', { unsubscribedAt, bouncedAt: null });
		const { addedIds } = await contacts.paste(ctx, scope, { text: 'gone@shop.lk', language: null });
		expect((await contacts.byId(ctx, scope, addedIds[0]!)).unsubscribedAt).toEqual(unsubscribedAt);
	});

	it('is taken back, but for those who were asked since', async () => {
		const { addedIds } = await contacts.paste(ctx, scope, {
			text: 'a@shop.lk b@shop.lk, b@shop.lk; c@shop.lk',
			language: null,
		});
		const asked = (await contacts.byId(ctx, scope, addedIds[0]!)).address;
		await ctx.rows.contacts.updateOne({ address: asked }, { $set: { lastAskedAt: new Date() } });
		expect(await contacts.takeBack(ctx, scope, [...addedIds, 'not-an-id'])).toBe(addedIds.length - 1);
		expect(await addresses()).toEqual([asked]);
	});

	it.each([
		['', 'Paste at least one address'],
		[' \n ', 'Paste at least one address'],
		[Array.from({ length: 1001 }, (_, i) => `p${i}@shop.lk`).join('\n'), 'at most 1,000'],
	])('refuses %#', async (text, reason) => {
		await expect(contacts.paste(ctx, scope, { text, language: null })).rejects.toThrow(reason);
	});
});

describe('the list', () => {
	it('is found by the beginning of an address or of a word of a name, and reads wildcards as letters', async () => {
		for (const [email, name] of [
			['ana@shop.lk', 'Ana Perera'],
			['per@shop.lk', ''],
			['x.*@shop.lk', 'Star'],
		] as const)
			await makeContact(ctx, scope.workspaceId, { email, name });
		expect(await addresses({ words: 'per' })).toEqual(['ana@shop.lk', 'per@shop.lk']);
		expect(await addresses({ words: '.*' })).toEqual([]);
		expect(await addresses({ words: 'x.*' })).toEqual(['x.*@shop.lk']);
	});

	it('pages forth and back without losing or repeating anybody', async () => {
		const all = Array.from({ length: 120 }, (_, i) => `p${String(i).padStart(3, '0')}@shop.lk`);
		for (const email of all) await makeContact(ctx, scope.workspaceId, { email });
		const first = await contacts.list(ctx, scope, everybody);
		const second = await contacts.list(ctx, scope, { ...everybody, after: first.next });
		const third = await contacts.list(ctx, scope, { ...everybody, after: second.next });
		expect([...first.people, ...second.people, ...third.people].map(({ address }) => address)).toEqual(all);
		expect([first.previous, third.next]).toEqual([null, null]);
		const back = await contacts.list(ctx, scope, { ...everybody, before: third.previous });
		expect(back.people).toEqual(second.people);
		expect((await contacts.list(ctx, scope, { ...everybody, before: back.previous })).previous).toBeNull();
	});

	it('shows nobody of another workspace', async () => {
		const id = await makeContact(ctx, scope.workspaceId, { email: 'mine@shop.lk' });
		const other = await makeTenant(ctx);
		expect((await contacts.list(ctx, other.scope, everybody)).all).toBe(0);
		await expect(contacts.byId(ctx, other.scope, id)).rejects.toThrow('not here');
		expect(await contacts.takeBack(ctx, other.scope, [id])).toBe(0);
	});
});

describe('editing', () => {
	const details = (given: object) =>
		contacts.detailsSchema.parse({ name: '', language: '', keys: [], values: [], seen: '', ...given });

	it('keeps any property name as plain text', async () => {
		const id = await makeContact(ctx, scope.workspaceId, {});
		const seen = contacts.fingerprintOf(await contacts.byId(ctx, scope, id));
		const keys = ['__proto__', '$where', 'a.b', 'plan'];
		await contacts.edit(
			ctx,
			scope,
			id,
			details({ name: ' Ana\u0000 ', language: 'hy', keys, values: ['1', '2', '3', ''], seen }),
		);
		expect(await contacts.byId(ctx, scope, id)).toMatchObject({
			name: 'Ana',
			language: 'hy',
			properties: [
				{ key: '__proto__', value: '1' },
				{ key: '$where', value: '2' },
				{ key: 'a.b', value: '3' },
				{ key: 'plan', value: '' },
			],
		});
	});

	it('writes over nobody else’s change', async () => {
		const id = await makeContact(ctx, scope.workspaceId, { name: 'Ann' });
		const seen = contacts.fingerprintOf(await contacts.byId(ctx, scope, id));
		await contacts.edit(ctx, scope, id, details({ name: 'Anna', seen }));
		await expect(contacts.edit(ctx, scope, id, details({ name: 'Anne', seen }))).rejects.toThrow(
			'changed this person since',
		);
		expect((await contacts.byId(ctx, scope, id)).name).toBe('Anna');
	});

	it.each([
		[{ keys: ['a', 'a'], values: ['1', '2'] }, 'Each property has one value'],
		[{ keys: [''], values: ['1'] }, 'Name each property'],
		[{ keys: 'a'.repeat(81), values: '1' }, 'At most 80 characters'],
	])('refuses %j', (given, reason) => {
		const parsed = contacts.detailsSchema.safeParse({ name: '', language: '', seen: '', ...given });
		expect(parsed.error?.issues[0]?.message).toContain(reason);
	});
});
