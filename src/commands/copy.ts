// The move to a MongoDB server, and back: every collection and index, resumable, counts verified.
import { copyDatabase, type CopyProgress } from '../lib/server/db/copy.ts';
import { hostsIn } from '../lib/server/db/uri.ts';
import { joinDatabase } from '../open-database.ts';
import { isUnreachable } from '../sentences.ts';
import { BadCall, type FileCommand, type Say } from './command.ts';

const sayEveryMs = 2_000;

/** Says where a copy stands: at each collection's first batch and its end, and now and then between. */
const progressTo = (say: Say) => {
	let current = '';
	let said = -1;
	let saidAt = 0;
	return ({ collection, copied, total }: CopyProgress) => {
		const now = performance.now();
		const isNews = collection !== current || (copied !== said && (copied >= total || now - saidAt >= sayEveryMs));
		if (!isNews) return;
		current = collection;
		said = copied;
		saidAt = now;
		say(`${collection}: ${copied} of ${total}`);
	};
};

export const copyDatabaseCommand: FileCommand = {
	kind: 'file',
	usage: '--to mongodb://… | --from mongodb://…',
	summary: 'copies everything to another database server, or from one; the same call again goes on where it stopped',
	async run({ config, words, options, say }) {
		const { to, from } = options;
		const other = to || from;
		if (!other || (to !== undefined && from !== undefined) || words.length)
			throw new BadCall('Name the other database, either with --to or with --from');
		if (!/^mongodb(\+srv)?:\/\/[^/]/.test(other))
			throw new BadCall(`"${other}" is no address of a database: it begins with mongodb:// or mongodb+srv://`);
		const database = await joinDatabase(config, say);
		try {
			const { collections, documents } = await copyDatabase({
				from: from || database.uri,
				to: to || database.uri,
				onProgress: progressTo(say),
			});
			say(`Copied ${documents} documents in ${collections} collections, and counted them on both sides.`);
		} catch (problem) {
			if (!isUnreachable(problem)) throw problem;
			throw new BadCall(`No database answers at ${hostsIn(other)}. Check that it runs and that the address is right`);
		} finally {
			await database.stop();
		}
	},
};
