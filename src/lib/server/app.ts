// The composition root: config → database → mailer → jobs, handed out as one Context.
import { randomBytes } from 'node:crypto';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import * as database from './db/database.ts';
import { makeLog } from './log.ts';
import { loadSecret } from './secret.ts';

export type Opening = { config: Config; databaseUri: string; databaseKind: 'embedded' | 'mongodb' };

/** Opens everything a request or a command needs. `close` gives leases back and closes what was opened, in reverse. */
export const open = async (opening: Opening): Promise<{ ctx: Context; close: () => Promise<void> }> => {
	const { config } = opening;
	const log = makeLog(config.LOG_LEVEL);
	const secret = await loadSecret(config);
	const db = await database.open(opening.databaseUri, { kind: opening.databaseKind });
	const ctx: Context = {
		config,
		db,
		log,
		secret,
		clock: () => new Date(),
		randomBytes: (length) => randomBytes(length),
	};
	return { ctx, close: async () => database.close(db) };
};
