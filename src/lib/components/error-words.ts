// What the managers' side says when a page cannot be shown, by status.

const words: Record<number, { title: string; text: string }> = {
	401: { title: 'You are signed out', text: 'Your sign-in has ended. Sign in again and you are back where you were.' },
	403: { title: 'This is not open to you', text: 'Your role here does not include this. An owner can change that.' },
	404: {
		title: 'There is nothing here',
		text: 'It may have been deleted, or the address lost a part. Nothing else is affected.',
	},
	405: { title: 'That cannot be done here', text: 'Go back, reload the page and try again.' },
	409: { title: 'Somebody was faster', text: 'This changed in the meantime. Reload to see how it stands now.' },
	410: { title: 'This is closed', text: 'It was open for a time, and that time is over.' },
	413: { title: 'That was too much at once', text: 'Make it smaller and send it again.' },
	507: {
		title: 'The disk is full',
		text: 'All that was stored before is safe. Ask whoever runs Heed to make room, then try again.',
	},
	429: { title: 'Too many tries', text: 'Wait a few minutes, then try again.' },
};

const broken = {
	title: 'Something broke on our side',
	text: 'What you saved before is safe. Try again in a minute. If it happens again, whoever runs this Heed can look it up by the number below.',
};

const unreachable = {
	title: 'Heed is catching its breath',
	text: 'It cannot reach its database at the moment. Try again in a minute.',
};

/** Title and text for a status. A refusal's own sentence, which says more, wins over the general one. */
export function wordsFor(status: number, message?: string) {
	if (status === 503) return unreachable;
	const general = words[status] ?? (status < 500 ? words[404]! : broken);
	const saysMore = status < 500 && status !== 404 && message?.includes(' ') && /[.!?]$/.test(message);
	return saysMore && message ? { title: general.title, text: message } : general;
}

const kept = 'What you typed is still here.';

/** What is said of a form that broke on its way. Without a status it never got there. */
export function formTrouble(result: object): string {
	type Broken = { status?: number; error?: Partial<App.Error> | null; message?: string };
	const { status, error, message = status && error?.message } = result as Broken;
	if (!message) return `Heed could not be reached. ${kept} Try again in a moment.`;
	if (error?.number)
		return `Something broke on our side. ${kept} Try again; if it happens again, quote ${error.number}.`;
	return `${/[.!?]$/.test(message) ? message : wordsFor(status ?? 500).text} ${kept}`;
}

/** The way on from an error. */
export const actionFor = (status: number) =>
	status === 401 ? { label: 'Sign in', href: '/sign-in' } : { label: 'Go to the start page', href: '/' };
