// The plain letter that mails to staff share: blocks in, an HTML and a text part with the same content out.
import { directionOf } from '#lib/domain/survey/language.ts';
import { spoken } from '#lib/messages/managers.ts';
import { escapeHtml, subjectLine, type Mail } from './mail.ts';

export type Block =
	| { paragraph: string }
	/** Somebody else's words, in whatever language they are. */
	| { quote: string }
	| { facts: readonly (readonly [label: string, value: string])[] }
	| { button: { label: string; url: string } }
	| { links: readonly { label: string; url: string }[] };

const isRtl = () => directionOf(spoken()) === 'rtl';
const start = () => (isRtl() ? 'right' : 'left');
const end = () => (isRtl() ? 'left' : 'right');

const lines = (text: string) => escapeHtml(text).replace(/\r\n|\r|\n/g, '<br>');

const asHtml = (block: Block): string => {
	if ('paragraph' in block) return `<p style="margin:0 0 16px">${lines(block.paragraph)}</p>`;
	if ('quote' in block) {
		return `<blockquote dir="auto" style="margin:0 0 16px;padding:4px 16px;text-align:start;border-style:solid;border-color:#8a938e;border-width:0 3px">${lines(block.quote)}</blockquote>`;
	}
	if ('facts' in block) {
		const rows = block.facts.map(
			([label, value]) =>
				`<tr><th scope="row" class="muted" style="padding:4px 0;padding-${end()}:16px;text-align:${start()};vertical-align:top;font-weight:normal;color:#565e5a">${lines(label)}</th><td style="padding:4px 0;vertical-align:top;word-break:break-word"><bdi>${lines(value)}</bdi></td></tr>`,
		);
		return `<table cellpadding="0" cellspacing="0" style="margin:0 0 16px;font-size:16px">${rows.join('')}</table>`;
	}
	if ('button' in block) {
		const { label, url } = block.button;
		return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tr><td bgcolor="#1f6f5c" style="border-radius:6px"><a href="${escapeHtml(url)}" style="display:block;padding:12px 20px;border:1px solid #808080;border-radius:6px;color:#ffffff;font-weight:bold;text-decoration:none">${escapeHtml(label)}</a></td></tr></table>`;
	}
	const items = block.links.map(
		({ label, url }) =>
			`<li style="margin:0 0 8px"><a href="${escapeHtml(url)}" class="link" style="color:#1a5c4c"><bdi>${lines(label)}</bdi></a></li>`,
	);
	return `<ul style="margin:0 0 16px;padding:0;padding-${start()}:20px">${items.join('')}</ul>`;
};

const asText = (block: Block): string => {
	if ('paragraph' in block) return block.paragraph;
	if ('quote' in block) return block.quote.replace(/^/gm, '> ');
	if ('facts' in block) return block.facts.map(([label, value]) => `${label}: ${value}`).join('\n');
	if ('button' in block) return `${block.button.label}:\n${block.button.url}`;
	return block.links.map(({ label, url }) => `- ${label}\n  ${url}`).join('\n');
};

/** A letter in the language of the moment: a heading, blocks in order, and a last line that says why it came. */
export const letter = (content: { subject: string; heading: string; blocks: readonly Block[]; why: string }): Mail => {
	const { heading, blocks, why } = content;
	const subject = subjectLine(content.subject);
	const html = `<!doctype html>
<html lang="${spoken()}" dir="${directionOf(spoken())}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no">
<title>${escapeHtml(subject)}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
	.page { background: #1d211f !important; color: #eef1ef !important; }
	.muted { color: #a9b1ad !important; }
	.link { color: #7fd1ba !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#ffffff;color:#1c211f">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" class="page" bgcolor="#ffffff" style="padding:24px 16px;color:#1c211f">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;text-align:${start()}"><tr><td style="font:16px/1.5 'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${lines(heading)}</h1>
${blocks.map(asHtml).join('\n')}
<p class="muted" style="margin:24px 0 0;font-size:14px;color:#565e5a">${lines(why)}</p>
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
	return { subject, html, text: `${[heading, ...blocks.map(asText), `—\n${why}`].join('\n\n')}\n` };
};
