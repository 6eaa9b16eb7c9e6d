// Commands that keep the data safe: backup and restore of the embedded database.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as embedded from '../lib/server/embedded/index.ts';
import { joinDatabase } from '../open-database.ts';
import { BadCall, type FileCommand } from './command.ts';

export const backupCommand: FileCommand = {
	kind: 'file',
	usage: 'FILE',
	summary: 'writes a consistent copy of the embedded database, also while the server runs',
	async run({ config, words, say }) {
		const file = words[0];
		if (!file || words.length > 1) throw new BadCall('Name the one file to write the backup to');
		if (config.MONGODB_URI)
			throw new BadCall('MONGODB_URI is set: back that server up with mongodump, or copy it here with copy-database');
		const database = await joinDatabase(config, say);
		try {
			await embedded.backup({ uri: database.uri, file: resolve(file) });
			say(`Backed up to ${resolve(file)}.`);
		} finally {
			await database.stop();
		}
	},
};

export const restoreCommand: FileCommand = {
	kind: 'file',
	usage: 'FILE',
	summary: 'puts a backup in the place of the embedded database; the server must not run',
	async run({ config, words, say }) {
		const file = words[0];
		if (config.MONGODB_URI)
			throw new BadCall('MONGODB_URI is set, and a backup goes into the embedded database. Unset it to restore one');
		if (!file || words.length > 1 || !existsSync(file))
			throw new BadCall(`Name the backup to restore${file ? `; there is no file ${file}` : ''}`);
		await embedded.restore({ dataDir: config.DATA_DIR, file: resolve(file) });
		say(`The database in ${config.DATA_DIR} is now the one of ${resolve(file)}.`);
	},
};
