// The scale inside a survey's mail: a link for each score, in tables and colours that every mail program shows.
import type { Phrase } from '#lib/domain/survey/wording.ts';
import { contrast, textOn } from '#lib/domain/survey/colour.ts';
import { directionOf, type Language } from '#lib/domain/survey/language.ts';
import type { Step } from '#lib/messages/scale.ts';
import { escapeHtml } from './mail.ts';

export const cardColour = { light: '#ffffff', dark: '#1d211f' };

/** The edge of a link on a card: the brand's colour where that stands out, else a grey that does. */
export const edgeOn = (card: string, brand: string): string => (contrast(brand, card) >= 3 ? brand : '#808080');

/** A phrase as HTML that says its language where that is not the message's. */
export const phraseHtml = ({ text, language }: Phrase, around: Language): string => {
	const html = escapeHtml(text).replace(/\r\n|\r|\n/g, '<br>');
	return language === around ? html : `<span lang="${language}" dir="${directionOf(language)}">${html}</span>`;
};

/** `link` gives the HTML-escaped address of a score. */
type Look = { colour: string; language: Language; link: (score: number) => string };

const number = ({ score, name }: Step, { colour, link }: Look): string => {
	const text = textOn(colour);
	const edge = edgeOn(cardColour.light, colour);
	return (
		`<td width="44" height="44" align="center" bgcolor="${colour}" style="width:44px;height:44px;background:${colour};border-radius:6px">` +
		`<a class="edge" href="${link(score)}" aria-label="${escapeHtml(name)}" style="display:block;box-sizing:border-box;width:44px;height:44px;border:1px solid ${edge};border-radius:6px;font-size:17px;line-height:42px;font-weight:bold;text-align:center;text-decoration:none;color:${text}">` +
		// Word draws no block links: spaces make more of the cell a link there.
		`<!--[if mso]>&nbsp;&nbsp;<![endif]--><span style="color:${text}">${score}</span><!--[if mso]>&nbsp;&nbsp;<![endif]--></a></td>` +
		'<td width="4" style="width:4px;font-size:0;line-height:0">&nbsp;</td>'
	);
};

/**
 * Numbers in two groups that stand side by side where 528 pixels allow and one above the other elsewhere,
 * without a media query; two rows of 44-pixel links fit in 288 pixels.
 */
export const numbersHtml = (steps: readonly Step[], look: Look): string => {
	const dir = directionOf(look.language);
	const half = Math.ceil(steps.length / 2);
	const groups = [steps.slice(0, half), steps.slice(half)].map(
		(group) =>
			`<table role="presentation" dir="${dir}" border="0" cellpadding="0" cellspacing="0" style="display:inline-table;vertical-align:top;border-collapse:separate;margin:0 0 4px"><tr>${group.map((step) => number(step, look)).join('')}</tr></table>`,
	);
	const between = '<!--[if mso]></td><td><![endif]-->';
	return `<!--[if mso]><table role="presentation" dir="${dir}" border="0" cellpadding="0" cellspacing="0"><tr><td><![endif]-->${groups.join(between)}<!--[if mso]></td></tr></table><![endif]-->`;
};

/** Faces with their words, one above the other: words of any length fit, and nothing depends on a picture. */
export const facesHtml = (steps: readonly Step[], look: Look): string => {
	const { colour, language, link } = look;
	const dir = directionOf(language);
	const start = dir === 'rtl' ? 'right' : 'left';
	const rows = steps.map(
		({ score, label, name, sign }) =>
			`<tr><td class="edge" height="48" style="border:2px solid ${edgeOn(cardColour.light, colour)};border-radius:8px"><a class="words" href="${link(score)}" aria-label="${escapeHtml(name)}" style="display:block;padding:10px 14px;font-size:17px;line-height:28px;text-align:${start};text-decoration:none;color:#1c211f">` +
			`<span aria-hidden="true" style="font-size:22px">${sign}</span>&nbsp; ${label ? phraseHtml(label, language) : score}</a></td></tr>` +
			'<tr><td height="6" style="height:6px;font-size:0;line-height:0">&nbsp;</td></tr>',
	);
	return `<table role="presentation" dir="${dir}" width="100%" border="0" cellpadding="0" cellspacing="0" style="border-collapse:separate">${rows.join('')}</table>`;
};
