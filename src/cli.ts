// npm run heed -- <command>: everything that is done without a browser.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createOwnerCommand, resetPasswordCommand } from './commands/accounts.ts';
import { BadCall, type Arguments, type Command, type DataCommand } from './commands/command.ts';
import { copyDatabaseCommand } from './commands/copy.ts';
import { migrateCommand, recountCommand, seedCommand, workCommand } from './commands/data.ts';
import { importAnswersCommand } from './commands/import-answers.ts';
import { backupCommand, restoreCommand } from './commands/files.ts';
import { readConfig, type Config } from './lib/server/config.ts';
import { joinDatabase } from './open-database.ts';
import { sentenceFor } from './sentences.ts';

const commands: Record<string, Command> = {
	seed: seedCommand,
	'create-owner': createOwnerCommand,
	'reset-password': resetPasswordCommand,
	migrate: migrateCommand,
	work: workCommand,
	recount: recountCommand,
	'import-answers': importAnswersCommand,
	backup: backupCommand,
	restore: restoreCommand,
	'copy-database': copyDatabaseCommand,
};

const say = (line: string) => console.log(line);

const help = () =>
	[
		'npm run heed -- <command>',
		'',
		...Object.entries(commands).map(([name, { usage, summary }]) => `  ${name} ${usage}\n      ${summary}`),
	].join('\n');

/** `seed --workspace shop --remove` → seed, { workspace: 'shop', remove: '' }. Any option is read; a command knows its own. */
const readArguments = (args: string[]): { name: string | undefined } & Arguments => {
	const { tokens } = parseArgs({ args, strict: false, allowPositionals: true, tokens: true });
	const words: string[] = [];
	const options: Record<string, string> = {};
	for (const [at, token] of tokens.entries()) {
		const previous = tokens[at - 1];
		if (token.kind === 'option') options[token.name] = token.value ?? '';
		else if (token.kind === 'positional' && previous?.kind === 'option' && previous.value === undefined)
			options[previous.name] = token.value;
		else if (token.kind === 'positional') words.push(token.value);
	}
	const [name, ...rest] = words;
	return { name, words: rest, options };
};

/** An option that is misspelt would be left out in silence. */
const refuseUnknown = ({ usage }: Command, options: Arguments['options']) => {
	const known = new Set([...usage.matchAll(/--([a-z-]+)/g)].map(([, name]) => name));
	for (const option of Object.keys(options))
		if (!known.has(option)) throw new BadCall(`There is no option ${option.length > 1 ? '--' : '-'}${option}`);
};

const runOnData = async (command: DataCommand, config: Config, given: Arguments) => {
	command.check?.({ ...given, config });
	const database = await joinDatabase(config, say);
	try {
		const { open } = await import('./lib/server/app.ts');
		const { ctx, close } = await open({
			config,
			databaseUri: database.uri,
			databaseKind: database.kind,
			isWorker: command.isWorker ?? false,
		});
		try {
			await command.run({ ...given, ctx, say });
		} finally {
			await close();
		}
	} finally {
		await database.stop();
	}
};

const main = async () => {
	if (existsSync('.env')) process.loadEnvFile('.env');
	const { name, ...given } = readArguments(process.argv.slice(2));
	const command = name === undefined ? undefined : commands[name];
	if (!command) {
		if (name !== undefined && name !== 'help') console.error(`There is no command "${name}".`);
		say(help());
		process.exitCode = name === undefined || name === 'help' ? 0 : 1;
		return;
	}
	const config = readConfig({ LOG_LEVEL: 'warn', ...process.env });
	try {
		refuseUnknown(command, given.options);
		if (command.kind === 'data') await runOnData(command, config, given);
		else await command.run({ ...given, config, say });
	} catch (problem) {
		if (problem instanceof BadCall)
			throw new BadCall(`${problem.message}.\nUsage: npm run heed -- ${name} ${command.usage}`);
		throw problem;
	}
};

main()
	.catch((problem: unknown) => {
		console.error(sentenceFor(problem));
		process.exitCode = 1;
	})
	// All is closed; the job queue's own timers would keep the process for another minute.
	.finally(() => process.exit());
