// Puts a survey's question where its script tag stands, in a frame of our own origin that neither page can reach into.
import type { FrameMessage } from './message.ts';

/** Dark only where the host page says that it can be: a dark box on a white page helps nobody. */
const themeOf = (element: Element): string =>
	getComputedStyle(element).colorScheme.includes('dark') ? 'auto' : 'light';

/**
 * Frames the survey that `data-survey` names. `data-language` and `data-theme` (light, dark, auto) overrule the page's
 * own; `data-fields` are the survey's hidden fields as in an address: order=17&plan=pro.
 */
export const place = (script: HTMLScriptElement, token: string): void => {
	const home = new URL(script.src).origin;
	const language = script.dataset.language || document.documentElement.lang;
	const theme = script.dataset.theme || themeOf(script.parentElement ?? document.documentElement);
	const frame = document.createElement('iframe');
	const query = new URLSearchParams(script.dataset.fields);
	query.set('lang', language);
	query.set('theme', theme);
	frame.src = `${home}/e/${encodeURIComponent(token)}?${query}`;
	// Set one by one: a host's policy may forbid a style attribute, but not this.
	Object.assign(frame.style, { display: 'block', width: '100%', height: '0', border: '0', colorScheme: 'normal' });
	addEventListener('message', ({ origin, source, data }: MessageEvent<FrameMessage | null>) => {
		if (origin !== home || source !== frame.contentWindow) return;
		if (data?.heed === 'gone') frame.remove();
		if (data?.heed !== 'size' || !Number.isFinite(data.height)) return;
		frame.style.height = `${data.height}px`;
		frame.title = String(data.title);
	});
	if (document.body?.contains(script)) script.after(frame);
	else if (document.body) document.body.append(frame);
	else addEventListener('DOMContentLoaded', () => document.body.append(frame), { once: true });
};
