import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { devDatabase } from './src/dev-database.ts';
import './src/require-node.js';

/** Compiles words with the options of the scripts "words:…", so that neither rewrites what the other compiled. */
const words = (folder: string) =>
	paraglideVitePlugin({
		project: `${folder}/project.inlang`,
		outdir: `${folder}/paraglide`,
		strategy: ['baseLocale'],
		outputStructure: 'message-modules',
		isServer: "typeof window === 'undefined'",
		emitReadme: false,
	});

export default defineConfig({
	plugins: [words('./src/lib/messages'), words('./src/lib/messages/managers'), devDatabase(), sveltekit()],
	test: {
		include: ['test/{domain,emails,server,routes,embed,charts,components}/**/*.test.ts', 'test/*.test.ts'],
		// No promise about speed: a busy machine may take its time.
		testTimeout: 90_000,
		hookTimeout: 90_000,
		pool: 'forks',
		maxWorkers: 2,
	},
});
