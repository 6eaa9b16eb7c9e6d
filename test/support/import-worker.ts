// A process that works on one import, for tests that kill it: `node test/support/import-worker.ts URI WORKSPACE IMPORT`.
import { open } from '#lib/server/app.ts';
import { readConfig } from '#lib/server/config.ts';
import * as importRuns from '#lib/server/services/importing/run.ts';

const [, , databaseUri, workspaceId, importId] = process.argv as [string, string, string, string, string];
const { ctx, close } = await open({
	config: readConfig(process.env),
	databaseUri,
	databaseKind: 'embedded',
	isWorker: false,
});
process.send!('working');
await importRuns.run(ctx, { workspaceId, importId });
await close();
process.exit();
