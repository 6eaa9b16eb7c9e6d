// Whether the product can do its work now, for whoever watches it.
import type { Context } from '../context.ts';
import * as database from '../db/database.ts';
import { readVersion } from '../version.ts';

export type Health = { status: 'ok' | 'unavailable'; version: string; database: 'embedded' | 'mongodb' };

/** Asks the database for a sign of life, for at most 3 s. */
export const ping = async (ctx: Context): Promise<Health> => ({
	status: (await database.ping(ctx.db)) ? 'ok' : 'unavailable',
	version: readVersion(),
	database: ctx.db.kind,
});
