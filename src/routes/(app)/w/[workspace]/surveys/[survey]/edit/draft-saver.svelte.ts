// Saves a draft while it is typed, one save at a time, and knows what is not saved yet.
import type { Draft } from '#lib/domain/survey/draft.ts';
import { t } from '#lib/messages/managers.ts';

export type SaveState = 'saved' | 'waiting' | 'saving' | 'refused' | 'conflict' | 'offline' | 'ended';

/** What was saved meanwhile: by oneself in another window, or by somebody else, named where that is known. */
export type Theirs = Draft & { draftRevision: number; isMine: boolean; by: string | null };

const pauseMs = 800;
const retryMs = 5_000;
/** Browsers let a request outlive its page up to this size, in bytes. */
const keepaliveLimit = 60_000;

/** `onsaved` hears the new revision, and whether something was typed meanwhile that is not in it. */
type Options = {
	address: string;
	revision: number;
	current: () => Draft;
	onsaved: (revision: number, hasMore: boolean) => void;
};
/** What is wrong with a draft, by place: { 'draft.questions.0.options': 'At most 50' }. */
type Fields = Record<string, string>;

/** `edited()` after each change; `settle()` before something that needs everything saved. */
export function draftSaver({ address, revision: seen, current, onsaved }: Options) {
	let state = $state<SaveState>('saved');
	let revision = $state(seen);
	let fields = $state.raw<Fields>({});
	let theirs = $state.raw<Theirs>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running: Promise<void> | undefined;
	/** Sent, and no reply came: it may be saved, so it is sent again before anything newer. */
	let unheard: Draft | undefined;

	function retry() {
		state = 'offline';
		timer = setTimeout(() => void save(), retryMs);
	}

	async function saveOnce(sent: Draft) {
		unheard = sent;
		state = 'saving';
		const body = JSON.stringify({ draftRevision: revision, name: sent.name, draft: sent.draft });
		try {
			const response = await fetch(address, {
				method: 'PUT',
				body,
				keepalive: body.length < keepaliveLimit / 3,
				headers: { 'content-type': 'application/json' },
			});
			if (response.status >= 500 || response.status === 429) return retry();
			const answer: unknown = response.ok || [400, 409].includes(response.status) ? await response.json() : {};
			unheard = undefined;
			if (response.ok) {
				revision = (answer as { draftRevision: number }).draftRevision;
				fields = {};
				state = 'saved';
				onsaved(revision, current() !== sent);
			} else if (response.status === 400) {
				fields = (answer as { fields?: Fields }).fields ?? { name: t.builder_unread() };
				state = 'refused';
			} else {
				theirs = (answer as { theirs?: Theirs }).theirs;
				state = theirs ? 'conflict' : 'ended';
			}
		} catch {
			retry();
		}
	}

	async function save(): Promise<void> {
		clearTimeout(timer);
		running ??= (async () => {
			let sent: Draft;
			do {
				sent = unheard ?? current();
				await saveOnce(sent);
			} while (current() !== sent && (state === 'saved' || state === 'refused'));
			running = undefined;
		})();
		await running;
	}

	return {
		get state() {
			return state;
		},
		get revision() {
			return revision;
		},
		get fields() {
			return fields;
		},
		get theirs() {
			return theirs;
		},
		/** What the server may have or not: kept beside later edits, and given to `restart` with them. */
		get unheard() {
			return unheard;
		},
		edited() {
			// With two versions to choose from, only the person decides; what is under way goes on to this.
			if (state === 'conflict' || running) return;
			clearTimeout(timer);
			state = 'waiting';
			timer = setTimeout(() => void save(), pauseMs);
		},
		/** The other version was seen: what is here goes over it. */
		async goOver() {
			revision = theirs?.draftRevision ?? revision;
			theirs = undefined;
			await save();
		},
		/** The newest was loaded, and is what is edited from here on. */
		goOnFrom(latest: number) {
			revision = latest;
		},
		/** An earlier edit goes on from the revision that it saw, and from what it had sent. */
		restart(from: number, sent: Draft | undefined) {
			revision = from;
			unheard = sent;
		},
		async settle() {
			if (['waiting', 'offline', 'refused'].includes(state)) await save();
			else await running;
		},
		stop: () => clearTimeout(timer),
	};
}
