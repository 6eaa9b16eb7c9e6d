// What every service is handed: the parts of the running product, made once by app.ts.
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { JobQueue } from './jobs/names.ts';
import type { Log } from './log.ts';
import type { Mailer } from './mail/mailer.ts';

/** The time now. Tests hand in one that stands still or is moved. */
export type Clock = () => Date;

/** `length` random bytes. Tests hand in a seeded one. */
export type RandomBytes = (length: number) => Uint8Array;

export type Context = {
	config: Config;
	db: Database;
	log: Log;
	clock: Clock;
	randomBytes: RandomBytes;
	mailer: Mailer;
	/** For what is to run later; see jobs/names.ts. */
	jobs: JobQueue;
	/** Signs links; 32 bytes. */
	secret: Uint8Array;
	/** Asked for at set-up when the server listens beyond this machine; null when it need not be. */
	setupCode: string | null;
};
