// Runs one command on one thread's engine: checks it, calls it, and turns what it throws into an answer.
import { type Call, checkOptions, type Command, countOption, type Engine, type Kind } from './commands/command.ts';
import { commandNamed } from './commands/table.ts';
import { CommandError } from './errors.ts';
import { failure } from './replies.ts';
import { type Budget, TooManyRows } from './scan.ts';
import { sqliteCode } from './store.ts';
import { type Doc, encode } from './values.ts';

export type Asked = {
	command: Doc;
	sequences: Map<string, Buffer[]>;
	connectionId: number;
	gathered?: Doc[] | undefined;
};

/** Where a command has to run. An unknown one runs anywhere, to be refused. */
export function kindOf(command: Doc): Kind {
	try {
		const { kind } = commandNamed(Object.keys(command)[0] ?? '');
		return typeof kind === 'string' ? kind : kind(command);
	} catch {
		return 'plain';
	}
}

/**
 * The encoded answer. Throws TooManyRows when the budget is used up, and whatever SQLite throws: those are not answers,
 * but matters of the thread.
 */
export function run(engine: Engine, asked: Asked, budget: Budget): Uint8Array {
	try {
		const { command } = asked;
		const name = Object.keys(command)[0] ?? '';
		const known = commandNamed(name);
		checkOptions(name, known, command);
		const db = command['$db'];
		if (typeof db !== 'string' || db === '')
			throw new CommandError('InvalidNamespace', 'OP_MSG requests require a $db argument');
		const maxTimeMs = countOption(command, 'maxTimeMS', 0);
		if (maxTimeMs > 0) budget.deadline = performance.now() + maxTimeMs;
		const call: Call = {
			engine,
			name,
			db,
			command,
			sequences: asked.sequences,
			budget,
			connectionId: asked.connectionId,
			gathered: asked.gathered,
		};
		const answer = known.isAtomic ? atomic(call, known.run) : known.run(call);
		return answer instanceof Uint8Array ? answer : encode(answer);
	} catch (error) {
		if (error instanceof TooManyRows || sqliteCode(error) !== 0) throw error;
		if (!(error instanceof CommandError)) console.error('The embedded database failed on a command:', error);
		return encode(failure(error));
	}
}

function atomic(call: Call, act: Command['run']): ReturnType<Command['run']> {
	const { store, catalog } = call.engine;
	store.exec('SAVEPOINT command');
	try {
		const answer = act(call);
		store.exec('RELEASE command');
		return answer;
	} catch (error) {
		if (store.isOpenTransaction()) store.exec('ROLLBACK TO command; RELEASE command');
		catalog.reload();
		throw error;
	}
}
