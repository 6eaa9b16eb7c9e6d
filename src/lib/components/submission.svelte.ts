// A form that is under way: `const save = submission()`, `<form method="POST" use:enhance={save.submit}>`, `<Button type="submit" busy={save.isBusy}>`.
import type { ActionResult, SubmitFunction } from '@sveltejs/kit';

/** Keeps what was typed, unless `isEmptied` asks for an empty form once it succeeded. */
export function submission(options: { isEmptied?: boolean; onresult?: (result: ActionResult) => void } = {}) {
	let isBusy = $state(false);
	const submit: SubmitFunction = () => {
		isBusy = true;
		return async ({ update, result }) => {
			await update({ reset: options.isEmptied ?? false });
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
