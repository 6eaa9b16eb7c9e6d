// Saves the words of one language while they are typed: only what changed, one save at a time, over what was seen.
import { deserialize } from '$app/forms';
import type { ActionResult } from '@sveltejs/kit';
import type { Refused } from '#lib/components/submission.svelte.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Text } from '#lib/domain/survey/translations.ts';

export type SaveState = 'saved' | 'waiting' | 'saving' | 'refused' | 'conflict' | 'offline';

const pauseMs = 800;
const retryMs = 5_000;

/** `write()` after each change, `saw()` when the survey was loaded anew, `settle()` before the page is left. */
export function textSaver(language: Language, first: readonly Text[], refused: Refused) {
	const textsOf = (rows: readonly Text[]) => Object.fromEntries(rows.map(({ key, text }) => [key, text]));
	const seen = $state<Record<string, string>>(textsOf(first));
	const typed = $state<Record<string, string>>({
		...textsOf(first),
		...Object.fromEntries(
			Object.entries(refused?.values ?? {})
				.filter(([name]) => name.startsWith('text.'))
				.map(([name, value]) => [name.slice('text.'.length), value]),
		),
	});
	/** What somebody else saved where one is writing. */
	const theirs = $state<Record<string, string>>({});
	let state = $state<SaveState>(refused ? 'refused' : 'saved');
	let errors = $state.raw<Record<string, string>>(refused?.fields ?? {});
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running: Promise<void> | undefined;

	const isChanged = (key: string) => (typed[key] ?? '').trim() !== (seen[key] ?? '').trim();
	const changed = () => Object.keys(typed).filter(isChanged);

	function adopt(result: ActionResult, sent: Record<string, string>) {
		if (result.type === 'success') {
			Object.assign(seen, sent);
			errors = {};
			state = 'saved';
		} else if (result.type === 'failure') {
			errors = (result.data?.refusal as Refused)?.fields ?? {};
			state = result.status === 409 ? 'conflict' : 'refused';
		} else {
			state = 'offline';
			timer = setTimeout(() => void save(), retryMs);
		}
	}

	async function saveOnce() {
		const sent = Object.fromEntries(changed().map((key) => [key, typed[key]!.trim()]));
		const body = new FormData();
		body.set('language', language);
		for (const [key, text] of Object.entries(sent)) {
			body.set(`text.${key}`, text);
			body.set(`before.${key}`, seen[key] ?? '');
		}
		state = 'saving';
		try {
			const response = await fetch('?/save', {
				method: 'POST',
				body,
				// Goes on when the page is left; browsers allow this for small bodies only.
				keepalive: JSON.stringify(sent).length < 10_000,
				headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			});
			adopt(deserialize(await response.text()), sent);
		} catch {
			adopt({ type: 'error', error: null }, sent);
		}
	}

	async function save(): Promise<void> {
		clearTimeout(timer);
		if (running) return running;
		running = (async () => {
			do await saveOnce();
			while (state === 'saved' && changed().length > 0);
		})();
		await running;
		running = undefined;
	}

	return {
		typed: typed as Readonly<Record<string, string>>,
		seen: seen as Readonly<Record<string, string>>,
		theirs: theirs as Readonly<Record<string, string>>,
		get state() {
			return state;
		},
		get errors() {
			return errors;
		},
		write(key: string, text: string) {
			typed[key] = text;
			// Between two versions only the person decides.
			if (state === 'conflict') return;
			clearTimeout(timer);
			if (!running && changed().length === 0) {
				state = 'saved';
				errors = {};
				return;
			}
			if (running) return;
			state = 'waiting';
			timer = setTimeout(() => void save(), pauseMs);
		},
		/** The survey as it is on the server now. */
		saw(rows: readonly Text[]) {
			for (const { key, text } of rows) {
				if (running || seen[key] === text) continue;
				if (isChanged(key) && typed[key]!.trim() !== text) theirs[key] = text;
				else typed[key] = text;
				if (!(key in theirs)) seen[key] = text;
			}
		},
		/** Theirs were seen: the next save goes over them. */
		sawTheirs() {
			for (const key of Object.keys(theirs)) {
				seen[key] = theirs[key]!;
				delete theirs[key];
			}
			if (state === 'conflict') state = changed().length > 0 ? 'waiting' : 'saved';
		},
		async settle() {
			if (changed().length > 0 && ['waiting', 'offline'].includes(state)) await save();
			else await running;
		},
	};
}
