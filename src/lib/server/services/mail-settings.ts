// How mail leaves from here, in words for an owner, and a check that asks the server itself.
import { mailCheck } from '#emails/mail-check.ts';
import { isLoopback } from '#lib/domain/sending/sending.ts';
import type { User, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import { replyText } from '#lib/messages/replies.ts';
import type { Context } from '../context.ts';

/** Why nothing can be sent to others from here, or null. */
export const whyNotSend = ({ config, mailer }: Context): string | null =>
	!mailer.isMailbox && isLoopback(config.PUBLIC_URL) ? t.sendings_public_url({ address: config.PUBLIC_URL }) : null;

export type MailSettings = {
	/** Host and port of the mail server, or null: the built-in mailbox. Never its password. */
	server: string | null;
	from: string | null;
	linksLeadTo: string;
	ratePerMinute: number;
	/** Why nothing can be sent to others, or null. */
	whyNotSend: string | null;
};

export const describe = (ctx: Context): MailSettings => {
	const { SMTP_URL, MAIL_FROM, PUBLIC_URL, MAIL_RATE_PER_MINUTE } = ctx.config;
	return {
		server: SMTP_URL ? new URL(SMTP_URL).host : null,
		from: SMTP_URL ? (MAIL_FROM ?? null) : null,
		linksLeadTo: PUBLIC_URL,
		ratePerMinute: MAIL_RATE_PER_MINUTE,
		whyNotSend: whyNotSend(ctx),
	};
};

export type Check = { isOk: boolean; reply: string; to: string };

/** Signs in to the server and sends a message to the asker: its own answer, whichever of the two it refused. */
export const check = async (ctx: Context, user: User, workspace: Workspace): Promise<Check> => {
	const signedIn = await ctx.mailer.check();
	if (!signedIn.ok) return { isOk: false, reply: signedIn.reply, to: user.email };
	const { MAIL_FROM = t.sendings_from_mailbox(), PUBLIC_URL } = ctx.config;
	const mail = mailCheck({ workspace: workspace.name, from: MAIL_FROM, publicUrl: PUBLIC_URL });
	const delivery = await ctx.mailer.send({ ...mail, to: user.email, kind: 'alert', workspaceId: workspace.id });
	return { isOk: delivery.outcome === 'sent', reply: replyText(delivery.reply), to: user.email };
};
