// The one list of settings: each with its rule, its default and one line of explanation. A wrong value stops the start.
import { resolve } from 'node:path';
import { z } from 'zod';

const whole = (min: number, max: number) => {
	const error = `a whole number from ${min} to ${max}`;
	return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};
const url = (...protocols: string[]) =>
	z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
		error: `an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
	});

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const settings = {
	PUBLIC_URL: {
		schema: url('http:', 'https:')
			.refine((text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`, {
				error: 'an address without a path, such as https://feedback.shop.example',
			})
			.optional(),
		doc: 'The address customers and colleagues reach Heed at. Default: http://localhost:<PORT>',
	},
	PORT: { schema: whole(0, 65_535).default(3000), doc: 'The port to listen on. Default: 3000' },
	HOST: {
		schema: z.string().default('127.0.0.1'),
		doc: 'The address to listen on. Default: 127.0.0.1, this machine only',
	},
	TRUSTED_PROXIES: {
		schema: whole(0, 10).default(0),
		doc: 'How many proxies of yours stand in front; X-Forwarded-For is believed that far. Default: 0',
	},
	DATA_DIR: {
		schema: z.string().default('data'),
		doc: 'Where the embedded database and the secret are kept. Default: data',
	},
	MONGODB_URI: {
		schema: z
			.string()
			.regex(/^mongodb(\+srv)?:\/\/[^\s/?]+/, { error: 'an address that starts with mongodb:// or mongodb+srv://' })
			.optional(),
		doc: 'A MongoDB server to use instead of the embedded database',
	},
	SECRET: {
		schema: z.string().min(32, { error: 'at least 32 characters' }).optional(),
		doc: 'Signs the links in mails. Default: made in DATA_DIR at the first start; required with MONGODB_URI',
	},
	SMTP_URL: {
		schema: url('smtp:', 'smtps:')
			.refine((text) => URL.canParse(text) || !text.includes('@'), {
				error: 'a password with # / or ? in it has %23 %2F or %3F there',
			})
			.refine((text) => !URL.canParse(text) || new URL(text).hostname !== '', {
				error: 'an address that names the server, such as smtp://mail.example.com:587',
			})
			.optional(),
		doc: 'The mail server, such as smtp://user:password@mail.example.com:587. Default: the built-in mailbox',
	},
	MAIL_FROM: {
		schema: z
			.string()
			.regex(/^([^<>]*<[^\s@<>,;]+@[^\s@<>,;]+>|[^\s@<>,;]+@[^\s@<>,;]+)$/, {
				error: 'one address such as feedback@shop.example or "Shop <feedback@shop.example>"',
			})
			.optional(),
		doc: 'Whom mails come from. Required with SMTP_URL',
	},
	MAIL_RATE_PER_MINUTE: {
		schema: whole(1, 100_000).default(600),
		doc: 'At most this many survey mails a minute. Default: 600',
	},
	SESSION_DAYS: {
		schema: whole(1, 365).default(30),
		doc: 'How long a sign-in lasts. Default: 30',
	},
	LOG_LEVEL: {
		schema: z.enum(logLevels, { error: `one of ${logLevels.join(', ')}` }).default('info'),
		doc: 'How much is logged: fatal, error, warn, info, debug, trace or silent. Default: info',
	},
} as const;

type Values = { [Name in keyof typeof settings]: z.output<(typeof settings)[Name]['schema']> };

export type Config = Readonly<Omit<Values, 'PUBLIC_URL'> & { PUBLIC_URL: string }>;

/** Name and explanation of each setting, in the order of .env.example. */
export const settingDocs = Object.entries(settings).map(([name, { doc }]) => ({ name, doc }));

/** What is wrong with the environment, a sentence per setting. */
export class BadConfig extends Error {
	override name = 'BadConfig';
}

// To the last @, which a password may hold as well; and where the scheme is missing or miswritten, which is why it is shown.
const masked = (value: string): string => value.replace(/^((?:[a-z+.-]+:?\/+)?[^:@]*:).*@/i, '$1****@');

/**
 * Reads the settings from an environment. An empty value counts as not set.
 * Throws BadConfig that names each wrong setting, its value (passwords masked, SECRET never shown) and what is allowed.
 */
export const readConfig = (env: Record<string, string | undefined>): Config => {
	const problems: string[] = [];
	const values: Record<string, unknown> = {};
	for (const [name, { schema }] of Object.entries(settings)) {
		const given = env[name]?.trim() || undefined;
		const parsed = schema.safeParse(given);
		if (parsed.success) values[name] = parsed.data;
		else {
			const shown = name === 'SECRET' ? '****' : masked(given ?? '');
			problems.push(
				`${name} is "${shown}"; allowed: ${[...new Set(parsed.error.issues.map(({ message }) => message))].join(', ')}`,
			);
		}
	}
	const read = values as Values;
	if (read.SMTP_URL && !read.MAIL_FROM)
		problems.push('MAIL_FROM is not set; with SMTP_URL it must say whom mails come from');
	if (read.MONGODB_URI && !read.SECRET)
		problems.push('SECRET is not set; with MONGODB_URI it must be, the same for every process (openssl rand -hex 32)');
	if (problems.length) throw new BadConfig(problems.join('\n'));
	return {
		...read,
		DATA_DIR: resolve(read.DATA_DIR),
		PUBLIC_URL: new URL(read.PUBLIC_URL ?? `http://localhost:${read.PORT}`).origin,
	};
};
