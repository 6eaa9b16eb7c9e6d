// A database in a process of its own, to be killed: prints its URI when it is ready.
import { start } from '#lib/server/embedded/index.ts';

const [dataDir, maxPages] = process.argv.slice(2);
// Only then: it knows the product's collections, which a process that runs nothing but the database has no room for.
const faults = process.env['FAULTS'] ? (await import('#test/support/faults.ts')).faultsAskedFor() : undefined;
const database = await start({
	dataDir: dataDir!,
	...(faults && { faults }),
	...(maxPages && { maxPages: Number(maxPages) }),
});
process.stdout.write(`${database.uri}\n`);
process.on('SIGTERM', () => void database.stop().then(() => process.exit(0)));
