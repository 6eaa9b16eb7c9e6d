// What the managers' side says when a page cannot be shown, by status.
import { t } from '#lib/messages/managers.ts';

type Words = { title: () => string; text: () => string };

const words: Record<number, Words> = {
	401: { title: t.refusals_page_signed_out_title, text: t.refusals_page_signed_out_text },
	403: { title: t.refusals_page_forbidden_title, text: t.refusals_page_forbidden_text },
	404: { title: t.refusals_page_nothing_here_title, text: t.refusals_page_nothing_here_text },
	405: { title: t.refusals_page_not_possible_title, text: t.refusals_page_not_possible_text },
	409: { title: t.refusals_page_faster_title, text: t.refusals_page_faster_text },
	410: { title: t.refusals_page_closed_title, text: t.refusals_page_closed_text },
	413: { title: t.refusals_page_too_much_title, text: t.refusals_page_too_much_text },
	429: { title: t.refusals_page_wait_title, text: t.refusals_page_wait_text },
	503: { title: t.refusals_page_unreachable_title, text: t.refusals_page_unreachable_text },
	507: { title: t.refusals_page_no_room_title, text: t.refusals_page_no_room_text },
};

const broken: Words = { title: t.refusals_page_broken_title, text: t.refusals_page_broken_text };

const isSentence = (text: string) => /\p{Sentence_Terminal}$/u.test(text);

/** Title and text for a status. A refusal's own sentence, which says more, wins over the general one. */
export function wordsFor(status: number, message?: string) {
	const general = words[status] ?? (status < 500 ? words[404]! : broken);
	const saysMore = message && status < 500 && status !== 404 && isSentence(message);
	return { title: general.title(), text: saysMore ? message : general.text() };
}

/** What is said of a form that broke on its way. Without a status it never got there. */
export function formTrouble(result: object): string {
	type Broken = { status?: number; error?: Partial<App.Error> | null; message?: string };
	const { status, error, message = status && error?.message } = result as Broken;
	if (!message) return t.refusals_form_unreachable();
	if (error?.number) return t.refusals_form_broke({ number: error.number });
	return t.refusals_form_kept({ reason: isSentence(message) ? message : wordsFor(status ?? 500).text });
}

/** The way on from an error. */
export const actionFor = (status: number) =>
	status === 401 ? { label: t.refusals_to_sign_in(), href: '/sign-in' } : { label: t.refusals_to_start(), href: '/' };
