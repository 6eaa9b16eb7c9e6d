// Files for imports, and the few steps every test of one takes.
import { createReadStream } from 'node:fs';
import type { ImportKind } from '#lib/domain/import/import.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import * as imports from '#lib/server/services/imports.ts';
import type { TestContext } from '../../support/context.ts';

/** Bytes in pieces of a size that cuts characters and line breaks in two. */
export async function* bytesOf(content: string | Uint8Array, pieceSize = 7): AsyncGenerator<Uint8Array> {
	const bytes = typeof content === 'string' ? Buffer.from(content) : content;
	const size = bytes.length > 10_000 ? 65_536 : pieceSize;
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export const upload = (
	ctx: TestContext,
	scope: Scope,
	kind: ImportKind,
	content: string | Uint8Array,
	fileName = 'a.csv',
) => imports.upload(ctx, scope, { kind, fileName, bytes: bytesOf(content) });

export const uploadFile = (ctx: TestContext, scope: Scope, kind: ImportKind, path: string) =>
	imports.upload(ctx, scope, { kind, fileName: path, bytes: createReadStream(path) });

/** Roles in the order of the columns, as the form sends them. */
export const columns = (...roles: string[]) => Object.fromEntries(roles.entries());

/** Imports people and returns how it went. */
export const importPeople = async (
	ctx: TestContext,
	scope: Scope,
	content: string | Uint8Array,
	...roles: string[]
) => {
	const { id } = await upload(ctx, scope, 'people', content);
	await imports.startPeople(ctx, scope, id, { columns: columns(...roles) });
	await ctx.runDueJobs();
	return imports.byId(ctx, scope, id);
};

export const undo = async (ctx: TestContext, scope: Scope, importId: string) => {
	await imports.undo(ctx, scope, importId);
	await ctx.runDueJobs();
	return imports.byId(ctx, scope, importId);
};

/** Everybody in a workspace, by address. */
export const peopleIn = async (ctx: TestContext, { workspaceId }: Scope) => {
	const rows = await ctx.rows.contacts.find({ workspaceId }).sort({ address: 1 }).lean();
	return rows.map(({ address, name, language, properties, unsubscribedAt, lastAskedAt }) => ({
		address,
		name,
		language,
		properties: Object.fromEntries(properties.map(({ key, value }) => [key, value])),
		unsubscribedAt,
		lastAskedAt,
	}));
};
