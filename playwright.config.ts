import { defineConfig } from '@playwright/test';
import { chromiumArguments, chromiumPath } from './test/support/browser.ts';

export default defineConfig({
	testDir: 'test/e2e',
	timeout: 120_000,
	expect: { timeout: 15_000 },
	workers: 3,
	// On a busy machine a click may come before the page listens.
	retries: 2,
	reporter: [['list']],
	projects: [{ name: 'embedded' }, { name: 'mongodb', testMatch: 'whole-line.test.ts' }],
	globalSetup: './test/support/build-once.ts',
	use: {
		headless: true,
		launchOptions: {
			executablePath: chromiumPath(),
			args: [...chromiumArguments, '--host-resolver-rules=MAP heed.test 127.0.0.1'],
		},
		actionTimeout: 20_000,
		trace: 'on-first-retry',
	},
});
