// What every service is handed: the parts of the running product, made once by app.ts.
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { Log } from './log.ts';

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
	/** Signs links; 32 bytes. */
	secret: Uint8Array;
};
