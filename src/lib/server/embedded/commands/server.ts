// Commands about the server itself: what it is, that it is there, and the sessions it needs to know nothing about.
import { hostname } from 'node:os';
import { illegalOperation } from '../errors.ts';
import type { Call, Command } from './command.ts';
import { maxDocumentBytes, maxMessageBytes } from '../wire.ts';

/** The version whose behaviour is followed; drivers look at the wire version only. */
const version = '8.0.0';

const plain = (options: Command['options'], run: Command['run']): Command => ({ kind: 'plain', options, run });
/** A standalone server: no set name, and no topology version, so that drivers ask again instead of waiting. */
const greet = ({ engine, connectionId, name }: Call) => ({
	helloOk: true,
	...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
	maxBsonObjectSize: maxDocumentBytes,
	maxMessageSizeBytes: maxMessageBytes,
	maxWriteBatchSize: 100_000,
	localTime: new Date(engine.clock()),
	logicalSessionTimeoutMinutes: 30,
	connectionId,
	minWireVersion: 0,
	maxWireVersion: 25,
	readOnly: false,
	ok: 1,
});

export const hello = plain('any', greet);
export const isMaster = plain('any', greet);
export const ismaster = plain('any', greet);
export const ping = plain([], () => ({ ok: 1 }));
export const endSessions = plain([], () => ({ ok: 1 }));
export const refreshSessions = plain([], () => ({ ok: 1 }));
export const whatsmyuri = plain([], ({ connectionId }) => ({ you: `socket:${connectionId}`, ok: 1 }));
export const connectionStatus = plain(['showPrivileges'], () => ({
	authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
	ok: 1,
}));

export const buildInfo = plain([], () => ({
	version,
	versionArray: version.split('.').map(Number).concat(0),
	gitVersion: 'heed-embedded',
	modules: ['heed-embedded'],
	storageEngines: ['sqlite'],
	javascriptEngine: 'none',
	bits: 64,
	debug: false,
	maxBsonObjectSize: maxDocumentBytes,
	ok: 1,
}));

export const serverStatus = plain(
	['repl', 'metrics', 'locks', 'mirroredReads', 'latchAnalysis'],
	({ engine }: Call) => {
		const now = engine.clock();
		const memory = process.memoryUsage();
		return {
			host: hostname(),
			version,
			process: 'heed-embedded',
			pid: process.pid,
			uptime: Math.floor((now - engine.startedAt) / 1000),
			uptimeMillis: now - engine.startedAt,
			localTime: new Date(now),
			mem: { bits: 64, resident: Math.round(memory.rss / 1048576), supported: true },
			storageEngine: { name: 'sqlite', persistent: true, readOnly: false, file: engine.file },
			ok: 1,
		};
	},
);

const refuseTransaction = plain([], () => {
	throw illegalOperation('Transaction numbers are only allowed on a replica set member or mongos');
});
export const commitTransaction = refuseTransaction;
export const abortTransaction = refuseTransaction;
