import { z } from 'zod';
import { phases, touchpointNameSchema, touchpointSchema } from '#lib/domain/workspace/touchpoints.ts';
import { t } from '#lib/messages/managers.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as touchpoints from '#lib/server/services/touchpoints.ts';

const { id } = touchpointSchema.shape;
const one = z.object({ id });
const place = z.coerce.number().int().min(0);
const renamed = z.object({ id, name: touchpointNameSchema });
const stepped = z.object({ id, to: z.enum(['up', 'down']) });
const dropped = z.object({ id, phase: z.enum(phases), place });
const removed = touchpointSchema.extend({ index: place });

export const load = page('member', async ({ ctx, scope }) => ({
	usage: await touchpoints.usage(ctx, scope),
	newId: touchpoints.newId(ctx),
}));

export const actions = {
	add: action('member', async ({ ctx, scope, form }) => {
		const { id, name, phase } = parseForm(form, touchpointSchema.extend({ form: z.string().optional() }));
		await touchpoints.add(ctx, scope, { id, name, phase });
		return { toast: { message: t.account_touchpoints_added({ name }) } };
	}),
	rename: action('member', async ({ ctx, scope, form }) => {
		const { id, name } = parseForm(form, renamed);
		await touchpoints.rename(ctx, scope, id, name);
		return { toast: { message: t.account_touchpoints_renamed({ name }) } };
	}),
	step: action('member', async ({ ctx, scope, form }) => {
		const { id, to } = parseForm(form, stepped);
		await touchpoints.step(ctx, scope, id, to);
	}),
	drop: action('member', async ({ ctx, scope, form }) => {
		const { id, ...to } = parseForm(form, dropped);
		await touchpoints.moveTo(ctx, scope, id, to);
	}),
	remove: action('member', async ({ ctx, scope, form }) => {
		const gone = await touchpoints.remove(ctx, scope, parseForm(form, one).id);
		if (!gone) return;
		const { removed, index, surveys } = gone;
		const { name } = removed;
		const undo = { action: '?/restore', fields: { ...removed, index: String(index) } };
		const message = surveys
			? t.account_touchpoints_removed_from({ name, n: surveys })
			: t.account_touchpoints_removed({ name });
		return { toast: { message, undo } };
	}),
	restore: action('member', async ({ ctx, scope, form }) => {
		const { index, ...touchpoint } = parseForm(form, removed);
		await touchpoints.add(ctx, scope, touchpoint, index);
		return { toast: { message: t.account_touchpoints_restored({ name: touchpoint.name }) } };
	}),
};
