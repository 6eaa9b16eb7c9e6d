// Runs `npm run heed -- …` as a person types it: with the machine's own Node first on PATH, whatever its age.
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';

const personsPath = (process.env.PATH ?? '')
	.split(delimiter)
	.filter((folder) => !folder.includes('node_modules'))
	.join(delimiter);

/** The command that makes Mia the owner of the Corner Shop; her password is typed into it. */
export const createOwner = (timeZone: string): string[] => [
	'create-owner',
	...['--email', 'mia@shop.lk'],
	...['--name', 'Mia'],
	...['--workspace', 'Corner Shop'],
	...['--time-zone', timeZone],
];

export type Ran = { code: number | null; output: string };

/** A command on a data folder of its own; `input` is what is typed into it. */
export const heedIn =
	(dataDir: () => string) =>
	(words: readonly string[], input = ''): Promise<Ran> =>
		new Promise((done) => {
			const child = spawn('npm', ['run', '--silent', 'heed', '--', ...words], {
				env: { ...process.env, PATH: personsPath, DATA_DIR: dataDir(), MONGODB_URI: '', SMTP_URL: '' },
			});
			let output = '';
			for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
			child.on('exit', (code) => done({ code, output }));
			child.stdin.end(input);
		});
