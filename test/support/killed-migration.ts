// Dies by SIGKILL in the middle of a migration of the data folder it is given.
import { readConfig } from '../../src/lib/server/config.ts';
import { openDatabase } from '../../src/open-database.ts';

await openDatabase(readConfig({ DATA_DIR: process.argv[2] }), () => {}, [
	{
		id: 1,
		title: 'die half-way',
		run: async (db) => {
			await db.collection('workspaces').updateMany({}, { $set: { motto: 'half' } });
			process.kill(process.pid, 'SIGKILL');
		},
	},
]);
