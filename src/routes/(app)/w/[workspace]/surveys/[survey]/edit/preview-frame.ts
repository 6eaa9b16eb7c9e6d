// What the builder does with the preview's frame: reads what was answered in it, and puts the next page into it.

type Entry = [name: string, value: string];

const entriesOf = (shown: Document): Entry[] =>
	[...shown.forms].flatMap((form) =>
		[...new FormData(form)].filter((entry): entry is Entry => typeof entry[1] === 'string'),
	);

/** Every name that this page has a field for, also those that are empty: what is unticked is not in its data. */
const namesIn = (shown: Document): Set<string> =>
	new Set([...shown.querySelectorAll('[name]')].map((field) => field.getAttribute('name')!));

/** Where one is; it is said by the page that is shown, never by one before it. */
const places = new Set(['at', 'asked', 'back', 'to', 'change', 'contact']);

/** The answers so far with those of the page that is shown in place of earlier ones to the same. */
export const walk = (trail: readonly Entry[], shown: Document): Entry[] => {
	const here = namesIn(shown);
	return [...trail.filter(([name]) => !here.has(name) && !places.has(name)), ...entriesOf(shown)];
};

/** Puts a page into the frame. On the same page, what was chosen stays chosen. */
export function mend(shown: Document, html: string, { isSamePage }: { isSamePage: boolean }) {
	// The frame has its styles already; the browser would hold those of a new answer against this page's policy.
	const fresh = new DOMParser().parseFromString(html.replace(/<style\b.*?<\/style>/gs, ''), 'text/html');
	const chosen = shown.querySelector<HTMLInputElement>('input[name=score]:checked')?.value;
	const scheme = 'meta[name=color-scheme]';
	shown.documentElement.lang = fresh.documentElement.lang;
	shown.documentElement.dir = fresh.documentElement.dir;
	shown.querySelector(scheme)?.setAttribute('content', fresh.querySelector(scheme)?.getAttribute('content') ?? '');
	shown.body.innerHTML = fresh.body.innerHTML;
	const again = isSamePage && chosen && shown.querySelector<HTMLInputElement>(`input[name=score][value="${chosen}"]`);
	if (again) again.checked = true;
	if (!isSamePage) shown.scrollingElement?.scrollTo(0, 0);
}
