// heedBackup: a consistent copy of the file while writes go on, made by the reader's thread.
import { isAbsolute } from 'node:path';
import { copyTo } from '../backup.ts';
import { badValue, CommandError } from '../errors.ts';
import type { Command } from './command.ts';

export const heedBackup: Command = {
	kind: 'reader',
	options: ['file'],
	run({ engine, command }) {
		const file = command['file'];
		if (typeof file !== 'string' || !isAbsolute(file))
			throw badValue('heedBackup needs the absolute path of a file to write');
		try {
			copyTo(engine.file, file);
		} catch (error) {
			throw new CommandError('InternalError', error instanceof Error ? error.message : String(error));
		}
		return { ok: 1 };
	},
};
