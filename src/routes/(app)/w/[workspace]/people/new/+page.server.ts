import { z } from 'zod';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as contacts from '#lib/server/services/contacts.ts';

export const load = page('member', () => ({}));

export const actions = {
	add: action('member', async ({ ctx, scope, form }) => {
		const { addedIds, known, refused } = await contacts.paste(ctx, scope, parseForm(form, contacts.pasteSchema));
		const count = addedIds.length;
		const message = `${count === 1 ? '1 person' : `${count} people`} added${known ? `, ${known} here already` : ''}`;
		const undo = { action: '?/undo', fields: { ids: addedIds.join(',') } };
		return { pasted: { added: count, known, refused }, toast: count ? { message, undo } : { message } };
	}),
	undo: action('member', async ({ ctx, scope, form }) => {
		const { ids } = parseForm(form, z.object({ ids: z.string().max(30_000) }));
		const count = await contacts.takeBack(ctx, scope, ids.split(','));
		return { toast: { message: `${count === 1 ? '1 person' : `${count} people`} taken back` } };
	}),
};
