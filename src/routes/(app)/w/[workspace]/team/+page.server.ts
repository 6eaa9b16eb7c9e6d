import { z } from 'zod';
import { roles } from '#lib/domain/workspace/workspace.ts';
import { parseForm } from '#lib/server/http/form.ts';
import { action, page } from '#lib/server/http/guard.ts';
import * as invites from '#lib/server/services/colleague-invites.ts';
import * as memberships from '#lib/server/services/memberships.ts';

const person = z.object({ userId: z.string() });
const invited = z.object({ inviteId: z.string() });

export const load = page('viewer', async ({ ctx, scope, user }) => ({
	team: (await memberships.team(ctx, scope)).map((each) => ({ ...each, isSelf: each.user.id === user.id })),
	invites: await invites.pending(ctx, scope),
	hasMail: !ctx.mailer.isMailbox,
}));

export const actions = {
	invite: action('owner', async ({ ctx, scope, form }) => {
		const given = parseForm(form, invites.newInviteSchema);
		await invites.invite(ctx, scope, given);
		const message = ctx.mailer.isMailbox ? `Copy the link for ${given.email}` : `An invitation goes to ${given.email}`;
		return { toast: { message } };
	}),
	resend: action('owner', async ({ ctx, scope, form }) => {
		await invites.resend(ctx, scope, parseForm(form, invited).inviteId);
		return {
			toast: { message: ctx.mailer.isMailbox ? 'The link works for another week' : 'The invitation goes out again' },
		};
	}),
	withdraw: action('owner', async ({ ctx, scope, form }) => {
		await invites.withdraw(ctx, scope, parseForm(form, invited).inviteId);
		return { toast: { message: 'The invitation is withdrawn' } };
	}),
	role: action('owner', async ({ ctx, scope, form }) => {
		const { userId, role } = parseForm(form, person.extend({ role: z.enum(roles, 'Choose a role') }));
		await memberships.setRole(ctx, scope, userId, role);
		return { toast: { message: 'The role is changed' } };
	}),
	remove: action('owner', async ({ ctx, scope, form }) => {
		const receipt = await memberships.remove(ctx, scope, parseForm(form, person).userId);
		return { toast: { message: 'Removed from the workspace', undo: { action: '?/restore', fields: { receipt } } } };
	}),
	restore: action('owner', async ({ ctx, scope, form }) => {
		await memberships.restore(ctx, scope, parseForm(form, z.object({ receipt: z.string() })).receipt);
		return { toast: { message: 'Back in the workspace' } };
	}),
	alerts: action('member', async ({ ctx, scope, form }) => {
		const wants = form.get('wantsDetractorMail') === 'on';
		await memberships.setWantsDetractorMail(ctx, scope, wants);
		return { toast: { message: wants ? 'You get each detractor’s answer by mail' : 'You get no more of these mails' } };
	}),
};
