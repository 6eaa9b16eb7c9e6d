import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { requireNode } from './src/require-node.ts';

requireNode();

export default defineConfig({
	plugins: [
		paraglideVitePlugin({ project: './src/lib/messages/project.inlang', outdir: './src/lib/messages/paraglide' }),
		sveltekit(),
	],
	test: {
		include: ['test/{domain,emails,server,routes,embed}/**/*.test.ts', 'test/*.test.ts'],
		testTimeout: 30_000,
		hookTimeout: 30_000,
		pool: 'forks',
		maxWorkers: 2,
	},
});
