// Steps back and forward over whole drafts; what is typed into one field in one go is one step.

/** Immutable: the newest step back is the last of `past`. */
export type History<Draft> = {
	past: readonly Draft[];
	present: Draft;
	future: readonly Draft[];
	/** What was edited last, and when, in milliseconds; null after a step back or forward. */
	last: { key: string; at: number } | null;
};

/** So many steps are kept, and typing goes on as one step while pauses are no longer than this. */
const [mostSteps, pauseMs] = [200, 1500];

export const begin = <Draft>(present: Draft): History<Draft> => ({ past: [], present, future: [], last: null });

/**
 * Goes on to the next draft. Edits with the same `key`, such as the field's name, within a second and a half are one
 * step; '' is a step of its own always.
 */
export const push = <Draft>(history: History<Draft>, next: Draft, key: string, now: number): History<Draft> => {
	if (next === history.present) return history;
	const { last } = history;
	const goesOn = key !== '' && last?.key === key && now - last.at <= pauseMs;
	const past = goesOn ? history.past : [...history.past, history.present].slice(-mostSteps);
	return { past, present: next, future: [], last: { key, at: now } };
};

/** The draft before, or the same when there is none. */
export const undo = <Draft>({ past, present, future, ...rest }: History<Draft>): History<Draft> =>
	past.length
		? { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future], last: null }
		: { past, present, future, ...rest };

/** The draft that was undone last, or the same when there is none. */
export const redo = <Draft>({ past, present, future, ...rest }: History<Draft>): History<Draft> =>
	future.length
		? { past: [...past, present], present: future[0]!, future: future.slice(1), last: null }
		: { past, present, future, ...rest };
