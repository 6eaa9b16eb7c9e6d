// What a command of `npm run heed -- …` is.
import type { Config } from '../lib/server/config.ts';
import type { Context } from '../lib/server/context.ts';

export type Say = (line: string) => void;

export type Arguments = {
	/** What stands without a name, in order. */
	words: string[];
	/** `--name value`; a flag without a value is the empty string. */
	options: Record<string, string>;
};

type Common = {
	/** Its arguments, as written after its name. */
	usage: string;
	/** One line. */
	summary: string;
};

/** Works on the data: through the running server's database, else through its own. */
export type DataCommand = Common & {
	kind: 'data';
	/** Whether it sends mail and runs jobs while it runs. */
	isWorker?: boolean;
	/** Throws BadCall where these settings or arguments make no sense, before any database is opened. */
	check?(given: Arguments & { config: Config }): void;
	run(given: Arguments & { ctx: Context; say: Say }): Promise<void>;
};

/** Works on files and addresses, before any database is open. */
export type FileCommand = Common & {
	kind: 'file';
	run(given: Arguments & { config: Config; say: Say }): Promise<void>;
};

export type Command = DataCommand | FileCommand;

/** The command was called wrongly; the message says how it is called. */
export class BadCall extends Error {
	override name = 'BadCall';
}

/** The option of this name. Throws BadCall that names what is missing. */
export const required = (options: Arguments['options'], name: string): string => {
	const value = options[name];
	if (!value) throw new BadCall(`--${name} is missing`);
	return value;
};
