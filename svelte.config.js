import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ out: process.env.HEED_BUILD_DIR ?? 'build', precompress: true }),
		// Our own origin check in hooks.server.ts covers every browser write; one-click unsubscribe has no Origin.
		csrf: { trustedOrigins: ['*'] },
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self'],
				// Brand colours are parsed hex in a style attribute; scripts stay strict.
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-src': ['self'],
				'frame-ancestors': ['self'],
			},
		},
		inlineStyleThreshold: 8192,
		typescript: { config: (config) => ({ ...config, include: [] }) },
	},
};
