// Makes sure there is a Chromium to test in: installs Debian's package where it may, else names it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's Chromium, or the one that CHROMIUM_PATH names. */
export const chromiumPath = (): string => process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** What Chromium is started with: no sandbox (it runs as root in containers), and no talk with the outside. */
export const chromiumArguments = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const run = (command: string, ...words: string[]) => spawnSync(command, words, { stdio: 'inherit' }).status === 0;

const ensure = () => {
	if (existsSync(chromiumPath())) return;
	const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
	if (mayInstall) {
		console.log("Chromium is missing; installing Debian's package …");
		process.env.DEBIAN_FRONTEND = 'noninteractive';
		run('apt-get', 'update', '-qq');
		run('apt-get', 'install', '-y', '-qq', 'chromium', 'fonts-noto-core');
		if (existsSync(chromiumPath())) return;
	}
	console.error(
		`The browser tests need Chromium at ${chromiumPath()}. On Debian or Ubuntu: sudo apt-get install chromium fonts-noto-core. ` +
			'Elsewhere set CHROMIUM_PATH to a Chromium or Chrome.',
	);
	process.exit(1);
};

if (import.meta.main) ensure();
