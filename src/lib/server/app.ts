// The composition root: config → database → mailer → jobs, handed out as one Context.
import { randomBytes } from 'node:crypto';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import * as database from './db/database.ts';
import * as mailbox from './db/mailbox.ts';
import { openJobs } from './jobs/agenda.ts';
import { startOutbox } from './jobs/outbox.ts';
import { makeLog } from './log.ts';
import { mailboxMailer } from './mail/mailbox.ts';
import type { Mailer } from './mail/mailer.ts';
import { smtpMailer } from './mail/smtp.ts';
import { loadSecret } from './secret.ts';

export type Opening = {
	config: Config;
	databaseUri: string;
	databaseKind: 'embedded' | 'mongodb';
	/** Asked for at set-up; see handoff.ts. */
	setupCode?: string | null;
	/** Whether this process also sends mail and runs jobs: the server and `work` do, other commands do not. */
	isWorker: boolean;
};

/** The mailer that the settings ask for: a mail server, or the built-in mailbox. */
export const makeMailer = (config: Config, db: database.Database, clock: Context['clock']): Mailer =>
	config.SMTP_URL && config.MAIL_FROM
		? smtpMailer({ url: config.SMTP_URL, from: config.MAIL_FROM })
		: mailboxMailer({
				from: config.MAIL_FROM ?? `Heed <heed@${new URL(config.PUBLIC_URL).hostname}>`,
				keep: (message) => mailbox.keep(db, message, clock()),
			});

/** Opens everything a request or a command needs. `close` gives leases back and closes what was opened, in reverse. */
export const open = async (opening: Opening): Promise<{ ctx: Context; close: () => Promise<void> }> => {
	const { config } = opening;
	const log = makeLog(config.LOG_LEVEL);
	const secret = await loadSecret(config);
	const db = await database.open(opening.databaseUri, { kind: opening.databaseKind });
	const clock = () => new Date();
	const mailer = makeMailer(config, db, clock);
	const jobs = await openJobs(db, log);
	const ctx: Context = {
		config,
		db,
		log,
		secret,
		setupCode: opening.setupCode ?? null,
		mailer,
		jobs: jobs.queue,
		clock,
		randomBytes: (length) => randomBytes(length),
	};
	if (opening.isWorker) await jobs.start(ctx);
	const outbox = opening.isWorker ? startOutbox(ctx) : null;
	const close = async () => {
		await outbox?.stop();
		await jobs.stop();
		await mailer.close();
		await database.close(db);
	};
	return { ctx, close };
};
