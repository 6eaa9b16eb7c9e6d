// A form that is under way: `const save = submission()`, `<form method="POST" use:enhance={save.submit}>`, `<Button type="submit" busy={save.isBusy}>`.
import type { ActionResult, SubmitFunction } from '@sveltejs/kit';
import { formTrouble } from './error-words.ts';
import * as toasts from './toasts.svelte.ts';

type Update = (options?: { reset?: boolean }) => Promise<void>;

let said: number | undefined;

/** Forgets what was said about the try before. */
export function tryAgain() {
	if (said !== undefined) toasts.dismiss(said);
	said = undefined;
}

/**
 * Ends a submission. What broke, or never arrived, is said at the edge of the screen, and the form stays as it was
 * typed; anything else goes Kit's way. Returns whether it got through.
 */
export async function finish(
	{ result, update }: { result: ActionResult; update: Update },
	{ reset = false }: { reset?: boolean } = {},
): Promise<boolean> {
	const isKnown = ['success', 'failure', 'redirect'].includes(result.type);
	const pressed = document.activeElement;
	const row = pressed?.closest('li, tr');
	const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
	if (isKnown) await update({ reset });
	else said = toasts.show({ message: formTrouble(result), tone: 'danger' });
	// Kit sends the focus to the top of the page; whoever works by keyboard goes on where they were, or beside it.
	if (document.activeElement !== document.body) return isKnown;
	const next = pressed?.isConnected ? pressed : neighbour?.querySelector('button, a[href]');
	if (next instanceof HTMLElement) next.focus({ preventScroll: true });
	return isKnown;
}

/** Keeps what was typed, unless `isEmptied` asks for an empty form once it succeeded. */
export function submission(options: { isEmptied?: boolean; onresult?: (result: ActionResult) => void } = {}) {
	let isBusy = $state(false);
	const submit: SubmitFunction = () => {
		tryAgain();
		isBusy = true;
		return async ({ update, result }) => {
			await finish({ update, result }, { reset: options.isEmptied });
			isBusy = false;
			options.onresult?.(result);
		};
	};
	return {
		get isBusy() {
			return isBusy;
		},
		submit,
	};
}

/** What a guard gives back of a refused form; each form of a page with several tells them apart by a hidden `form`. */
export type Refused =
	{ message: string; fields: Record<string, string>; values: Record<string, string> } | null | undefined;
