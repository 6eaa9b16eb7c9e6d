// Opens the database for the dev server, as server.ts does for the built app.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { readConfig } from './lib/server/config.ts';
import { give } from './lib/server/handoff.ts';

/** A Vite plugin that starts the embedded database, or names MONGODB_URI, before the first request of `vite dev`. */
export const devDatabase = (): Plugin => ({
	name: 'heed-dev-database',
	apply: 'serve',
	async configureServer(server) {
		if (process.env.VITEST) return;
		process.env.PORT ??= String(server.config.server.port ?? 5173);
		const config = readConfig(process.env);
		const onStop: (() => Promise<void>)[] = [];
		if (config.MONGODB_URI) {
			give({ databaseUri: config.MONGODB_URI, databaseKind: 'mongodb', setupCode: null, needsSetup: false, onStop });
			return;
		}
		// By its address, so that Vite does not bundle it: the engine's worker starts from its own file.
		const entry = pathToFileURL(resolve('src/lib/server/embedded/index.ts')).href;
		const { start } = (await import(entry)) as typeof import('./lib/server/embedded/index.ts');
		const engine = await start({ dataDir: config.DATA_DIR });
		give({ databaseUri: engine.uri, databaseKind: 'embedded', setupCode: null, needsSetup: false, onStop });
		server.httpServer?.once('close', async () => {
			for (const stop of onStop) await stop();
			await engine.stop();
		});
	},
});
