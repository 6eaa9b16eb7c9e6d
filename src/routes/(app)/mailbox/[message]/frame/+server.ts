import { endpoint } from '#lib/server/http/guard.ts';
import { mailFrame } from '#lib/server/http/mail-frame.ts';
import * as mailbox from '#lib/server/services/mailbox.ts';

export const GET = endpoint('user', async ({ ctx, user, event }) =>
	mailFrame((await mailbox.read(ctx, user, event.params.message ?? '')).html),
);
