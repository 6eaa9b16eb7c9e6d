import { z } from 'zod';
import { t } from '#lib/messages/managers.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as contacts from '#lib/server/services/contacts.ts';

export const load = page('member', () => ({}));

export const actions = {
	add: action('member', async ({ ctx, scope, form }) => {
		const { addedIds, known, refused } = await contacts.paste(ctx, scope, parseForm(form, contacts.pasteSchema));
		const n = addedIds.length;
		const message = known ? t.people_added_toast_known({ n, known }) : t.people_added_toast({ n });
		const undo = { action: '?/undo', fields: { ids: addedIds.join(',') } };
		return { pasted: { added: n, known, refused }, toast: n ? { message, undo } : { message } };
	}),
	undo: action('member', async ({ ctx, scope, form }) => {
		const { ids } = parseForm(form, z.object({ ids: z.string().max(30_000) }));
		const n = await contacts.takeBack(ctx, scope, ids.split(','));
		return { toast: { message: t.people_taken_back({ n }) } };
	}),
};
