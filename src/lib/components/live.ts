// Keeps a page up to date: asks a small address for a revision, and not at all while nobody looks.

type Poll = {
	/** Answers with JSON that has a `revision`. */
	address: string;
	everyMs: number;
	/** The revision that the page shows. */
	seen: () => string | number;
	onchange: () => void | Promise<void>;
};

/** Starts asking; returns what stops it. A hidden tab asks nothing, and asks at once when it is looked at again. */
export function pollRevision({ address, everyMs, seen, onchange }: Poll): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isStopped = false;

	async function ask() {
		clearTimeout(timer);
		if (isStopped || document.visibilityState === 'hidden') return;
		try {
			const answer = await fetch(address);
			if (answer.ok && !isStopped) {
				const { revision } = await answer.json();
				if (revision !== seen()) await onchange();
			}
		} catch {
			// The server is away for a moment; the next time may go better.
		}
		if (!isStopped) timer = setTimeout(ask, everyMs);
	}

	document.addEventListener('visibilitychange', ask);
	timer = setTimeout(ask, everyMs);
	return () => {
		isStopped = true;
		clearTimeout(timer);
		document.removeEventListener('visibilitychange', ask);
	};
}
