// An engine without threads and sockets: for tests that look at plans and stored rows from inside.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalog } from '#lib/server/embedded/catalog.ts';
import type { Engine } from '#lib/server/embedded/commands/command.ts';
import { openCursors } from '#lib/server/embedded/cursors.ts';
import { run } from '#lib/server/embedded/run.ts';
import { unlimited } from '#lib/server/embedded/scan.ts';
import { openStore } from '#lib/server/embedded/store.ts';
import { decode, type Doc, encode } from '#lib/server/embedded/values.ts';

export type TestEngine = Engine & {
	/** The answer to one command, run in a transaction of its own. */
	ask(command: Doc): Doc;
	now: Date;
	close(): void;
};

export function openEngine(): TestEngine {
	const dataDir = mkdtempSync(join(tmpdir(), 'heed-engine-'));
	const file = join(dataDir, 'heed.db');
	const store = openStore(file);
	store.exec('PRAGMA synchronous = OFF');
	const engine: TestEngine = {
		store,
		catalog: openCatalog(store),
		cursors: openCursors(true, () => engine.now.getTime()),
		clock: () => engine.now.getTime(),
		startedAt: 0,
		file,
		isReader: false,
		now: new Date('2026-03-01T12:00:00Z'),
		ask(command) {
			const asked = { command: decode(encode({ ...command, $db: 'test' })), sequences: new Map(), connectionId: 1 };
			store.begin();
			const answer = run(engine, asked, unlimited());
			store.commit();
			return decode(answer);
		},
		close() {
			store.close();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
	return engine;
}
