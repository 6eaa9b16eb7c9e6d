import { z } from 'zod';
import { roles } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
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
		const say = ctx.mailer.isMailbox ? t.account_invite_copy : t.account_invite_sent;
		return { toast: { message: say({ email: given.email }) } };
	}),
	resend: action('owner', async ({ ctx, scope, form }) => {
		await invites.resend(ctx, scope, parseForm(form, invited).inviteId);
		return { toast: { message: ctx.mailer.isMailbox ? t.account_invited_renewed() : t.account_invited_resent() } };
	}),
	withdraw: action('owner', async ({ ctx, scope, form }) => {
		await invites.withdraw(ctx, scope, parseForm(form, invited).inviteId);
		return { toast: { message: t.account_invited_withdrawn() } };
	}),
	role: action('owner', async ({ ctx, scope, form }) => {
		const { userId, role } = parseForm(
			form,
			person.extend({ role: z.enum(roles, { error: () => t.account_role_missing() }) }),
		);
		await memberships.setRole(ctx, scope, userId, role);
		return { toast: { message: t.account_team_role_changed() } };
	}),
	remove: action('owner', async ({ ctx, scope, form }) => {
		const receipt = await memberships.remove(ctx, scope, parseForm(form, person).userId);
		return { toast: { message: t.account_team_removed(), undo: { action: '?/restore', fields: { receipt } } } };
	}),
	restore: action('owner', async ({ ctx, scope, form }) => {
		await memberships.restore(ctx, scope, parseForm(form, z.object({ receipt: z.string() })).receipt);
		return { toast: { message: t.account_team_restored() } };
	}),
	alerts: action('member', async ({ ctx, scope, form }) => {
		const wants = form.get('wantsDetractorMail') === 'on';
		await memberships.setWantsDetractorMail(ctx, scope, wants);
		return { toast: { message: wants ? t.account_alerts_on() : t.account_alerts_off() } };
	}),
};
