// The message by which an owner sees that mail really arrives.
import { letter } from './layout.ts';
import type { Mail } from './mail.ts';

export const mailCheck = ({
	workspace,
	from,
	publicUrl,
}: {
	workspace: string;
	from: string;
	publicUrl: string;
}): Mail =>
	letter({
		subject: `Mail from ${workspace} arrives`,
		heading: 'Your mail settings work',
		blocks: [
			{
				paragraph:
					'Heed sent this message with the settings below. Look at where it arrived: if it is in the spam folder, ask whoever runs your domain about SPF, DKIM and DMARC.',
			},
			{
				facts: [
					['From', from],
					['Links lead to', publicUrl],
				],
			},
		],
		why: `You received this message because you pressed "Check mail settings" in ${workspace}.`,
	});
