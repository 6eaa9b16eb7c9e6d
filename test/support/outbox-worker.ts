// A worker process for tests that kill it: `node test/support/outbox-worker.ts URI`, settings from the environment.
import { open } from '#lib/server/app.ts';
import { readConfig } from '#lib/server/config.ts';

await open({
	config: readConfig(process.env),
	databaseUri: process.argv[2]!,
	databaseKind: 'embedded',
	isWorker: true,
});
process.send?.('working');
