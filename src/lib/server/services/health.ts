// Whether the product can do its work now, for whoever watches it.
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as database from '../db/database.ts';
import { troubleOf, type Trouble } from '../db/trouble.ts';
import { readVersion } from '../version.ts';

export type Health = { status: 'ok' | 'unavailable'; version: string; database: 'embedded' | 'mongodb' };

/** Asks the database for a sign of life, for at most 3 s. */
export const ping = async (ctx: Context): Promise<Health> => ({
	status: (await database.ping(ctx.db)) ? 'ok' : 'unavailable',
	version: readVersion(),
	database: ctx.db.kind,
});

const sentences: Record<Trouble, () => string> = {
	'disk full': t.refusals_disk_full,
	unreachable: t.refusals_database_away,
};

/** What to tell somebody whose request met a database in trouble; null when the error is of another kind. */
export const trouble = (error: unknown): { status: 503 | 507; message: string } | null => {
	const kind = troubleOf(error);
	return kind && { status: kind === 'disk full' ? 507 : 503, message: sentences[kind]() };
};
