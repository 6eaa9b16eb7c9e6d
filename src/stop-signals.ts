// Ctrl-C and SIGTERM: what is under way may end, and whoever insists gets out at once.

/** npm passes on the Ctrl-C that the terminal has sent already: a signal this soon after the first is the same one. */
const sameWithinMs = 1_000;

/** Calls `stop` at the first signal. One that comes more than a second later ends the process as it stands. */
export const onStopSignal = (stop: () => void): void => {
	let firstAt: number | null = null;
	for (const signal of ['SIGTERM', 'SIGINT'] as const)
		process.on(signal, () => {
			if (firstAt === null) {
				firstAt = performance.now();
				stop();
			} else if (performance.now() - firstAt > sameWithinMs) process.exit(1);
		});
};
