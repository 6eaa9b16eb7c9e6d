// Keeps edits in the browser until they are saved, so that a crash, or a closed lid, loses none of them.
import type { Draft } from '#lib/domain/survey/draft.ts';

/** What was left, the revision it was an edit of, what of it was sent without a reply, and when it was typed. */
export type Left = Draft & { draftRevision: number; sent?: Draft | undefined; at: number };

const keyOf = (surveyId: string) => `heed.draft.${surveyId}`;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Kept a moment later: a large survey is not written at each key. */
export function keep(surveyId: string, left: Omit<Left, 'at'>) {
	clearTimeout(timers.get(surveyId));
	const write = () => {
		try {
			localStorage.setItem(keyOf(surveyId), JSON.stringify({ ...left, at: Date.now() }));
		} catch {
			// A full or forbidden storage leaves the server as the only keeper.
		}
	};
	timers.set(surveyId, setTimeout(write, 250));
}

export function forget(surveyId: string) {
	clearTimeout(timers.get(surveyId));
	try {
		localStorage.removeItem(keyOf(surveyId));
	} catch {
		// Where nothing can be kept, nothing is left.
	}
}

/** What an earlier visit left unsaved, or null. */
export function left(surveyId: string): Left | null {
	try {
		const text = localStorage.getItem(keyOf(surveyId));
		return text ? (JSON.parse(text) as Left) : null;
	} catch {
		return null;
	}
}
