// What every message comes out as, and the two ways text gets into one safely.

export type Mail = { subject: string; html: string; text: string };

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	// So that nobody's text can be taken for a place where another value goes.
	'{': '&#123;',
	'}': '&#125;',
};

/** Text as HTML, in an element or in a quoted attribute: `<b>` → `&lt;b&gt;`. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"'{}]/g, (sign) => entities[sign]!);

/** Text as a subject: one line, no control characters, at most 200 characters. */
export const subjectLine = (text: string): string => {
	const line = text
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
	const characters = [...line];
	return characters.length > 200 ? `${characters.slice(0, 199).join('')}…` : line;
};
