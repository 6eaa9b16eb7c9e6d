// What was just done, said at the edge of the screen; shown by ToastRegion. Only the browser calls `show`.
import { addressHere } from './addresses.ts';

export type Toast = {
	message: string;
	tone?: 'success' | 'danger';
	/** Posts `fields` to `action`; offered until the countdown ends. */
	undo?: { action: string; fields?: Record<string, string>; seconds?: number };
};
export type ShownToast = Toast & { id: number };

const shown = $state<ShownToast[]>([]);
let lastId = 0;

/** Those on the screen, oldest first. */
export const list = (): readonly ShownToast[] => shown;

/** Says something; gives the id that `dismiss` takes. At most three stand together. */
export function show(toast: Toast) {
	const { undo } = toast;
	// It stays while people go on to other pages, and undoes where it was done.
	const kept = undo && { ...undo, action: addressHere(undo.action) };
	shown.push({ ...toast, undo: kept, id: ++lastId });
	if (shown.length > 3) shown.shift();
	return lastId;
}

export function dismiss(id: number) {
	const at = shown.findIndex((toast) => toast.id === id);
	if (at >= 0) shown.splice(at, 1);
}

/** Takes all of them away. */
export const clear = () => void shown.splice(0);
