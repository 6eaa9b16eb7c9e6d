import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { devDatabase } from './src/dev-database.ts';
import './src/require-node.js';

export default defineConfig({
	plugins: [
		// The same options as the script "words", so that neither rewrites what the other compiled.
		paraglideVitePlugin({
			project: './src/lib/messages/project.inlang',
			outdir: './src/lib/messages/paraglide',
			strategy: ['baseLocale'],
			outputStructure: 'message-modules',
			isServer: "typeof window === 'undefined'",
			emitReadme: false,
		}),
		devDatabase(),
		sveltekit(),
	],
	test: {
		include: ['test/{domain,emails,server,routes,embed,charts,components}/**/*.test.ts', 'test/*.test.ts'],
		// No promise about speed: a busy machine may take its time.
		testTimeout: 90_000,
		hookTimeout: 90_000,
		pool: 'forks',
		maxWorkers: 2,
	},
});
