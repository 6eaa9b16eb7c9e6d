// The mail that asks a customer: the question first, then a link for each score, then why it came and how to stop it.
import type { Wording } from '#lib/domain/survey/wording.ts';
import { directionOf, type Language } from '#lib/domain/survey/language.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { m } from '#lib/messages/paraglide/messages.js';
import { stepsOf } from '#lib/messages/scale.ts';
import { cardColour, edgeOn, facesHtml, numbersHtml, phraseHtml } from './invitation-scale.ts';
import { escapeHtml, subjectLine, type Mail } from './mail.ts';

/** All that is the same for everybody who gets a survey's version in one language. */
export type InvitationDesign = {
	definition: Pick<Definition, 'metric' | 'scale'>;
	wording: Wording;
	language: Language;
	/** The workspace's name, as customers know it. */
	company: string;
	/** #rrggbb */
	colour: string;
	/** Absolute address of a picture, or null. */
	logoUrl: string | null;
	postalAddress?: string;
	/** Says in subject and text that the answer is not counted. */
	isTest?: boolean;
};

/** `answerUrl` is the page without a score; the score is added to its query. */
export type InvitationLinks = { answerUrl: string; unsubscribeUrl: string };

const scorePrefix = (answerUrl: string) => `${answerUrl}${answerUrl.includes('?') ? '&' : '?'}score=`;

/** What the design says in words, HTML-free, for both parts. */
const sentences = ({ definition, language, company }: InvitationDesign) => {
	const locale = { locale: language };
	return {
		tap: definition.scale.look === 'numbers' ? m.mail_tap_nps({}, locale) : m.mail_tap_csat({}, locale),
		preheader: m.mail_preheader({}, locale),
		after: m.mail_after({}, locale),
		why: m.mail_why({ company }, locale),
		browser: m.mail_browser({}, locale),
		unsubscribe: m.mail_unsubscribe({}, locale),
		testNote: m.test_note({}, locale),
	};
};

const textFor = (design: InvitationDesign) => {
	const { wording, company, postalAddress } = design;
	const say = sentences(design);
	const steps = stepsOf(design.definition, wording, design.language);
	return ({ answerUrl, unsubscribeUrl }: InvitationLinks): string => {
		const prefix = scorePrefix(answerUrl);
		const scores = steps.map(({ score, label }) => `${score}${label ? ` – ${label.text}` : ''}: ${prefix}${score}`);
		const parts = [
			wording.question.text,
			...(design.isTest ? [say.testNote] : []),
			`${say.tap}\n\n${scores.join('\n')}`,
			say.after,
			`${say.browser}: ${answerUrl}`,
			`—\n${say.why}\n${say.unsubscribe}: ${unsubscribeUrl}`,
			[company, postalAddress].filter(Boolean).join('\n'),
		];
		return `${parts.join('\n\n')}\n`;
	};
};

const stylesFor = (brand: string) => `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media only screen and (min-width:600px) {
	.card > table > tbody > tr > td { padding: 28px 32px 20px !important; }
	.foot > table > tbody > tr > td { padding: 20px 32px 32px !important; }
}
@media (prefers-color-scheme: dark) {
	body, body > div { background: #131614 !important; }
	.card, .card > table { background: ${cardColour.dark} !important; }
	.words, .words div { color: #eef1ef !important; }
	.muted, .muted div, .muted a { color: #a9b1ad !important; }
	.edge { border-color: ${edgeOn(cardColour.dark, brand)} !important; }
	.logo img { background: #ffffff !important; padding: 6px !important; border-radius: 6px !important; }
}
[data-ogsc] .words, [data-ogsc] .words div { color: #eef1ef !important; }
[data-ogsc] .muted, [data-ogsc] .muted div, [data-ogsc] .muted a { color: #a9b1ad !important; }
`;

/** The message in mjml, with {{score}}, {{answer}} and {{unsubscribe}} where a person's addresses go. */
const source = (design: InvitationDesign): string => {
	const { definition, wording, language, company, colour, logoUrl, postalAddress } = design;
	const dir = directionOf(language);
	const [start, end] = dir === 'rtl' ? ['right', 'left'] : ['left', 'right'];
	const say = sentences(design);
	const steps = stepsOf(definition, wording, language);
	const isNumbers = definition.scale.look === 'numbers';
	const look = { colour, language, link: (score: number) => `{{score}}${score}` };
	const scale = isNumbers ? numbersHtml(steps, look) : facesHtml(steps, look);
	const ends = [steps[0]!, steps.at(-1)!].map(
		({ score, label }, side) =>
			`<td width="50%" valign="top" align="${[start, end][side]}">${score} – ${phraseHtml(label!, language)}</td>`,
	);
	const labels = `<mj-text css-class="muted" font-size="14px" color="#565e5a" padding="4px 0 0"><table role="presentation" dir="${dir}" width="100%" border="0" cellpadding="0" cellspacing="0" style="max-width:524px"><tr>${ends.join('')}</tr></table></mj-text>`;
	const link = (address: string, words: string) =>
		`<a href="${address}" style="display:inline-block;padding:12px 0;margin-${end}:24px;color:#565e5a">${escapeHtml(words)}</a>`;
	const logo =
		logoUrl &&
		`<mj-text css-class="logo" padding="0 0 16px"><img src="${escapeHtml(logoUrl)}" alt="${escapeHtml(company)}" height="40" style="display:inline-block;height:40px;width:auto;max-width:220px;font-size:18px;font-weight:bold"></mj-text>`;

	return `<mjml lang="${language}" dir="${dir}">
<mj-head>
	<mj-title>${escapeHtml(wording.question.text)}</mj-title>
	<mj-preview>${escapeHtml(say.preheader)}</mj-preview>
	<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"><meta name="x-apple-disable-message-reformatting"></mj-raw>
	<mj-attributes>
		<mj-section direction="${dir}" text-align="${start}" />
		<mj-column direction="${dir}" />
		<mj-text align="${start}" font-family="'Segoe UI',Roboto,Helvetica,Arial,sans-serif" font-size="16px" line-height="1.5" color="#1c211f" padding="0" />
	</mj-attributes>
	<mj-style>${stylesFor(colour)}</mj-style>
</mj-head>
<mj-body width="600px" background-color="#eef0ee">
	<mj-section css-class="card" background-color="${cardColour.light}" padding="20px 12px 16px">
		<mj-column padding="0">
			${logo ?? ''}
			<mj-text css-class="words" padding="0 0 12px"><h1 style="margin:0;font-size:21px;line-height:1.4;font-weight:bold">${phraseHtml(wording.question, language)}</h1></mj-text>
			${design.isTest ? `<mj-text css-class="words" padding="0 0 12px">${escapeHtml(say.testNote)}</mj-text>` : ''}
			<mj-text css-class="words" padding="0 0 8px">${escapeHtml(say.tap)}</mj-text>
			<mj-text css-class="words" line-height="1">${scale}</mj-text>
			${isNumbers ? labels : ''}
			<mj-text css-class="words" padding="16px 0 0">${escapeHtml(say.after)}</mj-text>
		</mj-column>
	</mj-section>
	<mj-section css-class="foot" padding="16px 12px 32px">
		<mj-column padding="0">
			<mj-text css-class="muted" font-size="14px" color="#565e5a">${escapeHtml(say.why)}<br>${link('{{answer}}', say.browser)} ${link('{{unsubscribe}}', say.unsubscribe)}<br><bdi>${escapeHtml(company)}</bdi>${postalAddress ? `<br><bdi>${escapeHtml(postalAddress).replace(/\r\n|\r|\n/g, '<br>')}</bdi>` : ''}</mj-text>
		</mj-column>
	</mj-section>
</mj-body>
</mjml>`;
};

/**
 * Lays a survey's mail out once; what comes back writes one person's in microseconds. Keep it per survey version,
 * language and brand. mjml is loaded at the first call, because nothing else at the start needs it.
 */
export const compileInvitation = async (design: InvitationDesign): Promise<(links: InvitationLinks) => Mail> => {
	const { default: mjml } = await import('mjml');
	// Without its own list of fonts, mjml would have every customer's mail program ask Google for one.
	const { html } = await mjml(source(design), { validationLevel: 'strict', fonts: {} });
	const compact = html.replace(/\n\s*(?=\n)|^[ \t]+/gm, '');
	const text = textFor(design);
	const locale = { locale: design.language };
	const subject = m.mail_subject({ company: design.company }, locale);
	const subjectOnce = subjectLine(design.isTest ? m.mail_test_subject({ subject }, locale) : subject);
	return (links) => {
		const addresses: Record<string, string> = {
			score: escapeHtml(scorePrefix(links.answerUrl)),
			answer: escapeHtml(links.answerUrl),
			unsubscribe: escapeHtml(links.unsubscribeUrl),
		};
		return {
			subject: subjectOnce,
			html: compact.replace(/\{\{(score|answer|unsubscribe)\}\}/g, (_, name: string) => addresses[name]!),
			text: text(links),
		};
	};
};
