// The scale inside a survey's mail: a link for each score, in tables and colours that every mail program shows.
import type { Phrase } from '#lib/domain/survey/wording.ts';
import type { Sheet } from '#lib/domain/survey/brand.ts';
import { contrast } from '#lib/domain/survey/colour.ts';
import type { Look, Scale } from '#lib/domain/survey/metric.ts';
import { directionOf, type Language } from '#lib/domain/survey/language.ts';
import type { Step } from '#lib/messages/scale.ts';
import { escapeHtml } from './mail.ts';

/** The edge of a link on a card: the brand's colour where that stands out, else a grey that does. */
export const edgeOn = ({ paper, brand, edge }: Sheet): string => (contrast(brand, paper) >= 3 ? brand : edge);

/** A phrase as HTML that says its language where that is not the message's. */
export const phraseHtml = ({ text, language }: Phrase, around: Language): string => {
	const html = escapeHtml(text).replace(/\r\n|\r|\n/g, '<br>');
	return language === around ? html : `<span lang="${language}" dir="${directionOf(language)}">${html}</span>`;
};

/** `link` gives the HTML-escaped address of a score; `radius` is of corners, in pixels. */
export type Drawing = { sheet: Sheet; radius: number; language: Language; link: (score: number) => string };

const number = ({ score, name }: Step, { sheet, radius, link }: Drawing): string => {
	const { brand, on } = sheet;
	return (
		`<td width="44" height="44" align="center" bgcolor="${brand}" style="width:44px;height:44px;background:${brand};border-radius:${radius}px">` +
		`<a class="edge" href="${link(score)}" aria-label="${escapeHtml(name)}" style="display:block;box-sizing:border-box;width:44px;height:44px;border:1px solid ${edgeOn(sheet)};border-radius:${radius}px;font-size:17px;line-height:42px;font-weight:bold;text-align:center;text-decoration:none;color:${on}">` +
		// Word draws no block links: spaces make more of the cell a link there.
		`<!--[if mso]>&nbsp;&nbsp;<![endif]--><span style="color:${on}">${score}</span><!--[if mso]>&nbsp;&nbsp;<![endif]--></a></td>` +
		'<td width="4" style="width:4px;font-size:0;line-height:0">&nbsp;</td>'
	);
};

/** As many links of 44 pixels stand side by side on the narrowest phone. */
const mostInRow = 6;

/**
 * Numbers in two groups that stand side by side where 528 pixels allow and one above the other elsewhere,
 * without a media query; two rows of 44-pixel links fit in 288 pixels. Up to six need one group only.
 */
export const numbersHtml = (steps: readonly Step[], drawing: Drawing): string => {
	const dir = directionOf(drawing.language);
	const half = steps.length > mostInRow ? Math.ceil(steps.length / 2) : steps.length;
	const groups = [steps.slice(0, half), steps.slice(half)]
		.filter((group) => group.length > 0)
		.map(
			(group) =>
				`<table role="presentation" dir="${dir}" border="0" cellpadding="0" cellspacing="0" style="display:inline-table;vertical-align:top;border-collapse:separate;margin:0 0 4px"><tr>${group.map((step) => number(step, drawing)).join('')}</tr></table>`,
		);
	const between = '<!--[if mso]></td><td><![endif]-->';
	return `<!--[if mso]><table role="presentation" dir="${dir}" border="0" cellpadding="0" cellspacing="0"><tr><td><![endif]-->${groups.join(between)}<!--[if mso]></td></tr></table><![endif]-->`;
};

/** What stands before the words of a step, for the eye alone: a face, a thumb, its stars. Words need nothing. */
const signOf = ({ score, sign }: Step, look: Look, max: number): string =>
	look === 'stars' ? '★'.repeat(score) + '☆'.repeat(max - score) : look === 'words' ? '' : sign;

/**
 * Faces, thumbs, stars or words, one above the other: words of any length fit, and nothing depends on a picture. Stars
 * say their number in digits, too.
 */
export const rowsHtml = (
	steps: readonly Step[],
	{ look, max }: Pick<Scale, 'look' | 'max'>,
	drawing: Drawing,
): string => {
	const { sheet, radius, language, link } = drawing;
	const dir = directionOf(language);
	const start = dir === 'rtl' ? 'right' : 'left';
	const words = ({ score, label }: Step) =>
		!label
			? String(score)
			: look === 'stars'
				? `${score} – ${phraseHtml(label, language)}`
				: phraseHtml(label, language);
	const rows = steps.map((step) => {
		const sign = signOf(step, look, max);
		return (
			`<tr><td class="edge" height="48" style="border:2px solid ${edgeOn(sheet)};border-radius:${radius}px"><a class="words" href="${link(step.score)}" aria-label="${escapeHtml(step.name)}" style="display:block;padding:10px 14px;font-size:17px;line-height:28px;text-align:${start};text-decoration:none;color:${sheet.ink}">` +
			(sign && `<span aria-hidden="true" style="font-size:22px">${sign}</span>&nbsp; `) +
			`${words(step)}</a></td></tr>` +
			'<tr><td height="6" style="height:6px;font-size:0;line-height:0">&nbsp;</td></tr>'
		);
	});
	return `<table role="presentation" dir="${dir}" width="100%" border="0" cellpadding="0" cellspacing="0" style="border-collapse:separate">${rows.join('')}</table>`;
};
