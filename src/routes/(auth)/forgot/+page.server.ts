import { z } from 'zod';
import { emailSchema } from '#lib/domain/account/account.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as passwordResets from '#lib/server/services/password-resets.ts';

const schema = z.object({ email: emailSchema });

export const load = page('anyone', ({ ctx }) => ({ hasMail: !ctx.mailer.isMailbox }));

export const actions = {
	default: action('anyone', async ({ ctx, event, form }) => {
		const { email } = parseForm(form, schema);
		await passwordResets.request(ctx, email, event.locals.clientAddress);
		return { sentTo: email };
	}),
};
