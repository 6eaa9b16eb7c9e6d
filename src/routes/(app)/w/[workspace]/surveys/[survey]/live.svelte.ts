// Keeps an open page up to date: asks every few seconds whether anything changed, and not at all while nobody looks.
import { invalidate } from '$app/navigation';

const everyMs = 3_000;

/** Loads the report again when the address's text is no longer `shown()`. Returns how to stop. */
export const follow = (address: string, shown: () => string): (() => void) => {
	let isStopped = false;
	let timer: ReturnType<typeof setTimeout>;

	const look = async () => {
		try {
			const response = document.hidden ? null : await fetch(address);
			if (response?.ok && (await response.text()) !== shown() && !isStopped) await invalidate('heed:report');
		} catch {
			// The server is away for a moment; the next look will tell.
		}
		plan();
	};
	const plan = () => {
		clearTimeout(timer);
		if (!isStopped) timer = setTimeout(look, everyMs);
	};
	const onVisible = () => {
		if (!document.hidden) void look();
	};

	document.addEventListener('visibilitychange', onVisible);
	plan();
	return () => {
		isStopped = true;
		clearTimeout(timer);
		document.removeEventListener('visibilitychange', onVisible);
	};
};
