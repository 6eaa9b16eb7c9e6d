// Dragging by a grip, with a mouse, a pen or a finger. The list itself changes only when something is let go.
import type { Attachment } from 'svelte/attachments';

type Options = {
	/** Selects what can be moved; each has a part with data-grip. */
	item: string;
	/** Places are counted from 0 among the items. */
	onmove: (from: number, to: number) => void;
};

export const sortable =
	({ item, onmove }: Options): Attachment<HTMLElement> =>
	(list) => {
		const stop = new AbortController();

		function begin(event: PointerEvent) {
			const grip = (event.target as Element).closest('[data-grip]');
			const dragged = grip?.closest<HTMLElement>(item);
			if (!grip || !dragged || event.button !== 0) return;
			event.preventDefault();
			const items = [...list.querySelectorAll<HTMLElement>(item)];
			const from = items.indexOf(dragged);
			let to = from;
			const drag = new AbortController();
			const clear = () => {
				for (const each of items) each.classList.remove('is-target-before', 'is-target-after', 'is-dragged');
			};
			const end = (isKept: boolean) => {
				drag.abort();
				clear();
				dragged.style.transform = '';
				if (isKept && to !== from) onmove(from, to);
			};
			grip.setPointerCapture(event.pointerId);
			dragged.classList.add('is-dragged');
			const on = <Name extends keyof HTMLElementEventMap>(
				name: Name,
				act: (event: HTMLElementEventMap[Name]) => void,
			) => grip.addEventListener(name, act as EventListener, { signal: drag.signal });
			on('pointermove', (moved) => {
				dragged.style.transform = `translateY(${moved.clientY - event.clientY}px)`;
				const below = items.filter((each) => {
					const { top, height } = each.getBoundingClientRect();
					return each !== dragged && top + height / 2 < moved.clientY;
				});
				to = below.length;
				clear();
				dragged.classList.add('is-dragged');
				const rest = items.filter((each) => each !== dragged);
				if (to !== from) (rest[to] ?? rest.at(-1))?.classList.add(rest[to] ? 'is-target-before' : 'is-target-after');
			});
			on('pointerup', () => end(true));
			on('pointercancel', () => end(false));
			document.addEventListener('keydown', (key) => key.key === 'Escape' && end(false), { signal: drag.signal });
		}

		list.addEventListener('pointerdown', begin, { signal: stop.signal });
		return () => stop.abort();
	};
