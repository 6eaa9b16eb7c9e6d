// One logger; what is secret is cut out before it is written.
import { pino } from 'pino';

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

const secrets = ['password', 'token', 'secret', 'cookie', 'authorization', 'SMTP_URL', 'MONGODB_URI', 'SECRET'];

/** A JSON-lines logger on standard output at the given level. */
export const makeLog = (level: string): Log =>
	pino({
		level,
		base: null,
		serializers: { error: pino.stdSerializers.err },
		redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '****' },
	});
