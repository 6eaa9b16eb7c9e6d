// Runs inside the framed question: tells the page around it how much room is needed.
import type { FrameMessage } from './message.ts';

const tell = (message: FrameMessage): void => parent.postMessage(message, '*');

/** Reports the size now and whenever it changes; a page marked `data-gone` asks for its place to be closed. */
export const report = (): void => {
	if (document.querySelector('[data-gone]')) return tell({ heed: 'gone' });
	const page = document.querySelector('main')!;
	new ResizeObserver(() => {
		tell({ heed: 'size', height: Math.ceil(page.getBoundingClientRect().height), title: document.title });
	}).observe(page);
	// A frame's new page is not read out by itself; its heading is where the news is.
	if (page.dataset.step && page.dataset.step !== 'question' && !page.querySelector('[autofocus]'))
		page.querySelector('h1')?.focus();
};
