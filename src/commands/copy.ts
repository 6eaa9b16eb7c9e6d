// The move to a MongoDB server, and back: every collection and index, resumable, counts verified.
import { copyDatabase } from '../lib/server/db/copy.ts';
import { joinDatabase } from '../open-database.ts';
import { BadCall, type FileCommand } from './command.ts';

export const copyDatabaseCommand: FileCommand = {
	kind: 'file',
	usage: '--to mongodb://… | --from mongodb://…',
	summary: 'copies everything to another database server, or from one; the same call again goes on where it stopped',
	async run({ config, options, say }) {
		const { to, from } = options;
		const other = to || from;
		if (!other || (to && from)) throw new BadCall('Name the other database, either with --to or with --from');
		const database = await joinDatabase(config, say);
		try {
			const own = database.uri;
			const { collections, documents } = await copyDatabase({
				from: from || own,
				to: to || own,
				onProgress: ({ collection, copied, total }) => say(`${collection}: ${copied} of ${total}`),
			});
			say(`Copied ${documents} documents in ${collections} collections, and counted them on both sides.`);
		} finally {
			await database.stop();
		}
	},
};
