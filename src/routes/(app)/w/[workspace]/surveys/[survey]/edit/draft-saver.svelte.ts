// Saves a draft while it is typed, one save at a time, and knows what is not saved yet.
import { deserialize } from '$app/forms';
import type { ActionResult } from '@sveltejs/kit';
import type { Refused } from '#lib/components/submission.svelte.ts';

export type SaveState = 'saved' | 'waiting' | 'saving' | 'refused' | 'conflict' | 'offline';

const pauseMs = 800;
const retryMs = 5_000;

type Saved = { draftRevision: number; logoId: string | null };
type Options = { form: () => HTMLFormElement | undefined; revision: number; onsaved: (saved: Saved) => void };

/** `edited()` after each change; `settle()` before something that needs everything saved. */
export function draftSaver({ form, revision: seen, onsaved }: Options) {
	let state = $state<SaveState>('saved');
	let revision = $state(seen);
	let refusal = $state<Refused>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running: Promise<void> | undefined;
	let hasMore = false;

	/** Takes over what a save, or a publish that saved, came back with. */
	function adopt(result: ActionResult) {
		if (result.type === 'success') {
			const { saved } = result.data as { saved: Saved };
			revision = saved.draftRevision;
			refusal = undefined;
			state = 'saved';
			onsaved(saved);
		} else if (result.type === 'failure') {
			refusal = result.data?.refusal as Refused;
			state = result.status === 409 ? 'conflict' : 'refused';
		} else {
			state = 'offline';
			timer = setTimeout(() => void save(), retryMs);
		}
	}

	async function saveOnce() {
		const body = new FormData(form());
		body.set('draftRevision', String(revision));
		const logo = body.get('logo');
		const hasFile = logo instanceof File && logo.size > 0;
		state = 'saving';
		try {
			const response = await fetch('?/save', {
				method: 'POST',
				body,
				// Goes on when the page is left; browsers allow this for small bodies only.
				keepalive: !hasFile,
				headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			});
			adopt(deserialize(await response.text()));
		} catch {
			adopt({ type: 'error', error: null });
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
			} while (hasMore && state === 'saved');
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
		get refusal() {
			return refusal;
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
		/** The other version was seen: the next save goes over it. */
		sawRevision(latest: number) {
			revision = latest;
		},
		async settle() {
			if (state === 'waiting' || state === 'offline') await save();
			else await running;
		},
		adopt,
		stop: () => clearTimeout(timer),
	};
}
