// Every command there is, by name. What is not here is refused as unknown.
import { commandNotFound } from '../errors.ts';
import { aggregate } from './aggregate.ts';
import { heedBackup } from './backup.ts';
import * as collections from './collections.ts';
import type { Command } from './command.ts';
import { findAndModify } from './find-and-modify.ts';
import * as indexes from './indexes.ts';
import * as read from './read.ts';
import * as server from './server.ts';
import * as write from './write.ts';

export const commands: ReadonlyMap<string, Command> = new Map(
	Object.entries({
		...collections,
		...indexes,
		...read,
		...server,
		...write,
		aggregate,
		heedBackup,
		findAndModify,
		findandmodify: findAndModify,
	}),
);

export function commandNamed(name: string): Command {
	const command = commands.get(name);
	if (!command) throw commandNotFound(`no such command: '${name}'`);
	return command;
}
