// Saves a draft while it is typed, one save at a time, and knows what is not saved yet.
import type { Draft } from '#lib/domain/survey/draft.ts';
import { t } from '#lib/messages/managers.ts';

export type SaveState = 'saved' | 'waiting' | 'saving' | 'refused' | 'conflict' | 'offline' | 'ended';

/** What somebody else saved meanwhile, and their name where it is known. */
export type Theirs = Draft & { draftRevision: number; by: string | null };

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
	let hasMore = false;

	function retry() {
		state = 'offline';
		timer = setTimeout(() => void save(), retryMs);
	}

	async function saveOnce() {
		const { name, draft } = current();
		state = 'saving';
		const body = JSON.stringify({ draftRevision: revision, name, draft });
		try {
			const response = await fetch(address, {
				method: 'PUT',
				body,
				keepalive: body.length < keepaliveLimit / 3,
				headers: { 'content-type': 'application/json' },
			});
			if (response.ok) {
				revision = ((await response.json()) as { draftRevision: number }).draftRevision;
				fields = {};
				state = 'saved';
				onsaved(revision, hasMore);
			} else if (response.status === 400) {
				fields = ((await response.json()) as { fields?: Fields }).fields ?? { name: t.builder_unread() };
				state = 'refused';
			} else if (response.status === 409) {
				const answer = (await response.json()) as { theirs?: Theirs };
				theirs = answer.theirs;
				state = theirs ? 'conflict' : 'ended';
			} else if (response.status >= 500 || response.status === 429) retry();
			else state = 'ended';
		} catch {
			retry();
		}
	}

	async function save(): Promise<void> {
		clearTimeout(timer);
		if (running) {
			hasMore = true;
			return running;
		}
		running = (async () => {
			do {
				hasMore = false;
				await saveOnce();
			} while (hasMore && (state === 'saved' || state === 'refused'));
		})();
		await running;
		running = undefined;
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
		edited() {
			// With two versions to choose from, only the person decides.
			if (state === 'conflict') return;
			clearTimeout(timer);
			if (running) hasMore = true;
			else {
				state = 'waiting';
				timer = setTimeout(() => void save(), pauseMs);
			}
		},
		/** The other version was seen: what is here goes over it. */
		async goOver() {
			revision = theirs?.draftRevision ?? revision;
			theirs = undefined;
			await save();
		},
		/** What was loaded is the newest: of a save that went another way than this. */
		sawRevision(latest: number) {
			if (state === 'saved') revision = Math.max(revision, latest);
		},
		/** An earlier edit goes on from the revision that it saw. */
		restart(from: number) {
			revision = from;
		},
		async settle() {
			if (['waiting', 'offline', 'refused'].includes(state)) await save();
			else await running;
		},
		stop: () => clearTimeout(timer),
	};
}
