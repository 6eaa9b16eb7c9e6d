// Uploads that nobody has started: what is in them is nowhere else yet.
import { addressKey, readWritten } from '#lib/domain/contact/address.ts';
import type { Import } from '#lib/domain/import/import.ts';
import type { Context } from '../../context.ts';
import * as importFiles from '../../db/import-files.ts';
import * as imports from '../../db/imports.ts';
import { rowsOf } from './file.ts';

const names = async (ctx: Context, given: Import, addresses: ReadonlySet<string>): Promise<boolean> => {
	for await (const rows of rowsOf(ctx.db, given))
		for (const { cells } of rows)
			if (cells.some((cell) => addresses.has(addressKey(readWritten(cell)?.email ?? cell)))) return true;
	return false;
};

/** Throws away the uploads of a workspace that wait to be started and have one of these addresses in a cell. */
export const forgetUploadsWith = async (
	ctx: Context,
	workspaceId: string,
	addresses: readonly string[],
): Promise<void> => {
	const wanted = new Set(addresses);
	for (const given of await imports.waiting(ctx.db, workspaceId))
		if ((await names(ctx, given, wanted)) && (await imports.remove(ctx.db, workspaceId, given.id)))
			await importFiles.drop(ctx.db, workspaceId, given.id);
};
