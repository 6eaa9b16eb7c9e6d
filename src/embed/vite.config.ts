// Builds /embed.js into static/, before the app, so that the app's build precompresses it with the rest.
import { defineConfig } from 'vite';

export default defineConfig({
	root: import.meta.dirname,
	publicDir: false,
	logLevel: 'warn',
	build: {
		target: 'es2020',
		outDir: '../../static',
		emptyOutDir: false,
		lib: { entry: 'embed.ts', formats: ['iife'], name: 'heed', fileName: () => 'embed.js' },
	},
});
