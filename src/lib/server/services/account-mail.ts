// Mail about accounts: never shown in the mailbox page, tried again by the job that sends it.
import type { Mail } from '#emails/mail.ts';
import type { Context } from '../context.ts';

/** Throws when it was not accepted for now, so that the job runs again; a refusal for good is logged. */
export const deliver = async (ctx: Context, to: string, mail: Mail): Promise<void> => {
	const delivery = await ctx.mailer.send({ to, ...mail, kind: 'account', workspaceId: null });
	if (delivery.outcome === 'later') throw new Error(`The mail server did not take a mail for now: ${delivery.reply}`);
	if (delivery.outcome === 'refused')
		ctx.log.warn({ reply: delivery.reply }, 'the mail server refused a mail about an account');
};
