// Commands for people who sign in: the first owner without a browser, and the way back in after a lost password.
import { stdin } from 'node:process';
import { text } from 'node:stream/consumers';
import { createOwner, newOwnerSchema } from '../lib/server/services/accounts.ts';
import { resetLink } from '../lib/server/services/password-resets.ts';
import { BadCall, required, type DataCommand } from './command.ts';

export const createOwnerCommand: DataCommand = {
	kind: 'data',
	usage:
		'--email EMAIL --name NAME --workspace NAME [--time-zone ZONE] [--language CODE]   (the password on standard input)',
	summary: 'makes a person and a workspace that they own',
	async run({ ctx, options, say }) {
		if (stdin.isTTY) say('Type the new password (at least 12 characters), then Enter and Ctrl-D:');
		const parsed = newOwnerSchema.safeParse({
			email: required(options, 'email'),
			name: required(options, 'name'),
			password: (await text(stdin)).replace(/\r?\n$/, ''),
			workspaceName: required(options, 'workspace'),
			timeZone: options['time-zone'] ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
			language: options.language ?? 'en',
		});
		if (!parsed.success)
			throw new BadCall(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
		const { workspace } = await createOwner(ctx, parsed.data);
		say(`Done. Sign in at ${ctx.config.PUBLIC_URL}/sign-in; the workspace is at /w/${workspace.slug}.`);
	},
};

export const resetPasswordCommand: DataCommand = {
	kind: 'data',
	usage: 'EMAIL',
	summary: 'prints a link, good for one hour, that sets a new password',
	async run({ ctx, words, say }) {
		if (!words[0]) throw new BadCall('Whose password? Name the e-mail address');
		say(await resetLink(ctx, words[0]));
	},
};
