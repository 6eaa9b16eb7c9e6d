// A database in a process of its own, to be killed: prints its URI when it is ready.
import { start } from '#lib/server/embedded/index.ts';
import { faultsAskedFor } from '#test/support/faults.ts';

const [dataDir, maxPages] = process.argv.slice(2);
const faults = faultsAskedFor();
const database = await start({
	dataDir: dataDir!,
	...(faults && { faults }),
	...(maxPages && { maxPages: Number(maxPages) }),
});
process.stdout.write(`${database.uri}\n`);
process.on('SIGTERM', () => void database.stop().then(() => process.exit(0)));
