// The outbox's own loop: prepares what is due, and keeps a few lanes sending as long as there is something to send.
import type { Context } from '../context.ts';
import * as pace from '../services/mail-pace.ts';
import * as outbox from '../services/outbox.ts';
import * as preparing from '../services/preparing.ts';

const lookEveryMs = 1_000;
/** A delivery under way at a clean stop has this long to end; after that its lease does. */
const stopWithinMs = 15_000;

/** Begins to send in this process. `stop` takes nothing new, lets what is under way end, and gives back the rest. */
export const startOutbox = (ctx: Context): { stop(): Promise<void> } => {
	const stopping = new AbortController();
	const isStopping = () => stopping.signal.aborted;
	const pause = (ms: number) =>
		new Promise<void>((resolve) => {
			if (isStopping() || ms <= 0) return resolve();
			const timer = setTimeout(done, ms);
			function done() {
				clearTimeout(timer);
				stopping.signal.removeEventListener('abort', done);
				resolve();
			}
			stopping.signal.addEventListener('abort', done);
		});

	const running = new Set<Promise<void>>();
	/** Surveys whose pages are to be told, with their workspace. */
	const changed = new Map<string, string>();
	let trouble: Awaited<ReturnType<typeof pace.trouble>> = null;
	let place: string | null = null;

	/**
	 * Sends from one workspace as many as there are slots for, and then turns to the next, so that a large sending holds
	 * up nobody. Returns whether this lane should go on.
	 */
	const takeTurn = async (workspaceId: string): Promise<boolean> => {
		const lookup = outbox.lookupFor(ctx, lookEveryMs);
		for (const slot of await pace.takeSlots(ctx)) {
			await pause(slot - ctx.clock().getTime());
			if (isStopping()) return false;
			// What this lane knew when it began: several that fail together count as one failure.
			const seen = trouble;
			const outcome = await outbox.sendNext(ctx, workspaceId, { isStopping, lookup });
			if (outcome.result === 'none') return true;
			changed.set(outcome.surveyId, workspaceId);
			if (outcome.result === 'down') {
				await pace.pauseAll(ctx, seen, outcome.reply);
				trouble = await pace.trouble(ctx);
				ctx.log.warn({ reply: outcome.reply, retryAt: trouble?.retryAt }, 'the mail server takes nothing');
				return false;
			}
			if (trouble && outcome.result === 'ended') {
				await pace.resumeAll(ctx);
				trouble = null;
			}
		}
		return true;
	};

	const lane = async () => {
		while (!isStopping()) {
			const workspaceId = await outbox.nextWorkspace(ctx, place);
			place = workspaceId;
			if (!workspaceId || !(await takeTurn(workspaceId))) return;
		}
	};

	const lanesWanted = async (): Promise<number> => {
		trouble = await pace.trouble(ctx);
		// After a pause one lane tries whether the server is back, before all do.
		const most = !trouble ? outbox.lanes : trouble.retryAt <= ctx.clock() ? 1 : 0;
		return running.size < most && (await outbox.nextWorkspace(ctx, null)) ? most : 0;
	};

	const look = async (): Promise<boolean> => {
		const isMore = await preparing.stepAll(ctx);
		await outbox.takeBack(ctx);
		for (const [surveyId, workspaceId] of changed) {
			changed.delete(surveyId);
			await outbox.announce(ctx, workspaceId, surveyId);
		}
		for (let wanted = await lanesWanted(); running.size < wanted;) {
			const started = lane()
				.catch((error: unknown) => ctx.log.error({ error }, 'the outbox stumbled; it goes on'))
				.finally(() => running.delete(started));
			running.add(started);
		}
		return isMore;
	};

	const keeper = (async () => {
		while (!isStopping()) {
			const isMore = await look().catch((error: unknown) => {
				ctx.log.error({ error }, 'the outbox stumbled; it goes on');
				return false;
			});
			if (!isMore) await pause(lookEveryMs);
		}
	})();

	return {
		async stop() {
			stopping.abort();
			const timeout = new Promise<void>((resolve) => setTimeout(resolve, stopWithinMs).unref());
			await Promise.race([Promise.all([keeper, ...running]), timeout]);
		},
	};
};
