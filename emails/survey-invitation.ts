// The mail that asks a customer: the question first, then a link for each score, then why it came and how to stop it.
import type { Wording } from '#lib/domain/survey/wording.ts';
import { directionOf, type Language } from '#lib/domain/survey/language.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { m } from '#lib/messages/paraglide/messages.js';
import { stepsOf } from '#lib/messages/scale.ts';
import { cornerPixels, fontStacks, sheetOf, type Brand } from '#lib/domain/survey/brand.ts';
import { scaleOf } from '#lib/domain/survey/metric.ts';
import { edgeOn, numbersHtml, phraseHtml, rowsHtml } from './invitation-scale.ts';
import { escapeHtml, subjectLine, type Mail } from './mail.ts';

/** All that is the same for everybody who gets a survey's version in one language. */
export type InvitationDesign = {
	definition: Pick<Definition, 'metric' | 'scale'>;
	wording: Pick<Wording, 'question' | 'lowLabel' | 'highLabel' | 'subject'>;
	language: Language;
	/** The workspace's name, as customers know it. */
	company: string;
	brand: Omit<Brand, 'logoId'>;
	/** Absolute address of a picture, or null. */
	logoUrl: string | null;
	postalAddress?: string;
	/** Says in subject and text that the answer is not counted. */
	isTest?: boolean;
};

/** `answerUrl` is the page without a score; the score is added to its query. */
export type InvitationLinks = { answerUrl: string; unsubscribeUrl: string };

/** What may hold words of one person's: their name, their order. */
export type PersonalWords = {
	question: string;
	lowLabel: string;
	highLabel: string;
	/** Null for the product's own. */
	subject: string | null;
};

const personalWordsOf = ({ question, lowLabel, highLabel, subject }: InvitationDesign['wording']): PersonalWords => ({
	question: question.text,
	lowLabel: lowLabel.text,
	highLabel: highLabel.text,
	subject: subject?.text ?? null,
});

type Slot = 'question' | 'title' | 'lowLabel' | 'highLabel';
/** Stands in what is laid out once for what is written per person; two signs that no text of ours keeps. */
const slot = (name: Slot) => `\uE000${name}\uE001`;
const slots = /\uE000(question|title|lowLabel|highLabel)\uE001/g;
const withoutSlots = (text: string) => text.replace(/[\uE000\uE001]/g, '');

/** The design with places for each person's words in place of words. */
const withSlots = (design: InvitationDesign): InvitationDesign => {
	const { wording } = design;
	return {
		...design,
		company: withoutSlots(design.company),
		...(design.postalAddress && { postalAddress: withoutSlots(design.postalAddress) }),
		wording: {
			...wording,
			question: { ...wording.question, text: slot('question') },
			lowLabel: { ...wording.lowLabel, text: slot('lowLabel') },
			highLabel: { ...wording.highLabel, text: slot('highLabel') },
		},
	};
};

/** The steps as they are shown, by the scale's order. */
const shownSteps = ({ definition, wording, language }: InvitationDesign) => {
	const steps = stepsOf(definition, wording, language);
	return definition.scale.order === 'high-first' ? steps.toReversed() : steps;
};

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
	const steps = shownSteps(design);
	return ({ answerUrl, unsubscribeUrl }: InvitationLinks, words: PersonalWords): string => {
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
		const values: Record<Slot, string> = { ...words, title: words.question };
		return `${parts.join('\n\n').replace(slots, (_, name: Slot) => values[name])}\n`;
	};
};

/** The colours a mail is laid out in, and those that replace them in the dark; null where the brand wants one alone. */
const sheetsFor = ({ colour, background, scheme }: InvitationDesign['brand']) => {
	// A card on a page, a little apart from it; a background of the brand's own is both.
	const own = { light: background.light ?? '#ffffff', dark: background.dark ?? '#1d211f' };
	const around = { light: background.light ?? '#eef0ee', dark: background.dark ?? '#131614' };
	const sheet = (shade: 'light' | 'dark') => ({
		...sheetOf({ colour, background: own }, shade),
		around: around[shade],
		shade,
	});
	return scheme === 'dark'
		? { base: sheet('dark'), dark: null }
		: { base: sheet('light'), dark: scheme === 'auto' ? sheet('dark') : null };
};
type MailSheet = ReturnType<typeof sheetsFor>['base'];

const darkStyles = (dark: MailSheet) => `
@media (prefers-color-scheme: dark) {
	body, body > div { background: ${dark.around} !important; }
	.card, .card > table { background: ${dark.paper} !important; }
	.words, .words div { color: ${dark.ink} !important; }
	.muted, .muted div, .muted a { color: ${dark.soft} !important; }
	.edge { border-color: ${edgeOn(dark)} !important; }
	.logo img { background: #ffffff !important; padding: 6px !important; border-radius: 6px !important; }
}
[data-ogsc] .words, [data-ogsc] .words div { color: ${dark.ink} !important; }
[data-ogsc] .muted, [data-ogsc] .muted div, [data-ogsc] .muted a { color: ${dark.soft} !important; }
`;

const stylesFor = (schemes: string, dark: MailSheet | null) => `
:root { color-scheme: ${schemes}; supported-color-schemes: ${schemes}; }
@media only screen and (min-width:600px) {
	.card > table > tbody > tr > td { padding: 28px 32px 20px !important; }
	.foot > table > tbody > tr > td { padding: 20px 32px 32px !important; }
}
${dark ? darkStyles(dark) : ''}`;

/** The message in mjml, with {{score}}, {{answer}} and {{unsubscribe}} where a person's addresses go. */
const source = (design: InvitationDesign): string => {
	const { definition, wording, language, company, brand, logoUrl, postalAddress } = design;
	const { base, dark } = sheetsFor(brand);
	const schemes = dark ? 'light dark' : base.shade;
	const dir = directionOf(language);
	const [start, end] = dir === 'rtl' ? ['right', 'left'] : ['left', 'right'];
	const say = sentences(design);
	const steps = shownSteps(design);
	const isNumbers = definition.scale.look === 'numbers';
	const radius = cornerPixels[brand.corner];
	const drawing = { sheet: base, radius, language, link: (score: number) => `{{score}}${score}` };
	const scale = isNumbers ? numbersHtml(steps, drawing) : rowsHtml(steps, scaleOf(definition), drawing);
	const ends = [steps[0]!, steps.at(-1)!].map(
		({ score, label }, side) =>
			`<td width="50%" valign="top" align="${[start, end][side]}">${score} – ${phraseHtml(label!, language)}</td>`,
	);
	const labels = `<mj-text css-class="muted" font-size="14px" color="${base.soft}" padding="4px 0 0"><table role="presentation" dir="${dir}" width="100%" border="0" cellpadding="0" cellspacing="0" style="max-width:${48 * steps.length - 4}px"><tr>${ends.join('')}</tr></table></mj-text>`;
	const link = (address: string, words: string) =>
		`<a href="${address}" style="display:inline-block;padding:12px 0;margin-${end}:24px;color:${base.soft}">${escapeHtml(words)}</a>`;
	const logo =
		logoUrl &&
		`<mj-text css-class="logo" padding="0 0 16px"><img src="${escapeHtml(logoUrl)}" alt="${escapeHtml(company)}" height="40" style="display:inline-block;height:40px;width:auto;max-width:220px;font-size:18px;font-weight:bold"></mj-text>`;

	return `<mjml lang="${language}" dir="${dir}">
<mj-head>
	<mj-title>${slot('title')}</mj-title>
	<mj-preview>${escapeHtml(say.preheader)}</mj-preview>
	<mj-raw><meta name="color-scheme" content="${schemes}"><meta name="supported-color-schemes" content="${schemes}"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"><meta name="x-apple-disable-message-reformatting"></mj-raw>
	<mj-attributes>
		<mj-section direction="${dir}" text-align="${start}" />
		<mj-column direction="${dir}" />
		<mj-text align="${start}" font-family="${fontStacks[brand.typeface]}" font-size="16px" line-height="1.5" color="${base.ink}" padding="0" />
	</mj-attributes>
	<mj-style>${stylesFor(schemes, dark)}</mj-style>
</mj-head>
<mj-body width="600px" background-color="${base.around}">
	<mj-section css-class="card" background-color="${base.paper}" padding="20px 12px 16px">
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
			<mj-text css-class="muted" font-size="14px" color="${base.soft}">${escapeHtml(say.why)}<br>${link('{{answer}}', say.browser)} ${link('{{unsubscribe}}', say.unsubscribe)}<br><bdi>${escapeHtml(company)}</bdi>${postalAddress ? `<br><bdi>${escapeHtml(postalAddress).replace(/\r\n|\r|\n/g, '<br>')}</bdi>` : ''}</mj-text>
		</mj-column>
	</mj-section>
</mj-body>
</mjml>`;
};

/** Writes one person's mail: their links, and their words where the survey has any. */
export type Writer = (links: InvitationLinks, words?: PersonalWords) => Mail;

/**
 * Lays a survey's mail out once; what comes back writes one person's in microseconds. Keep it per survey version,
 * language and brand. mjml is loaded at the first call, because nothing else at the start needs it.
 */
export const compileInvitation = async (given: InvitationDesign): Promise<Writer> => {
	const { default: mjml } = await import('mjml');
	const design = withSlots(given);
	// Without its own list of fonts, mjml would have every customer's mail program ask Google for one.
	const { html } = await mjml(source(design), { validationLevel: 'strict', fonts: {} });
	const compact = html.replace(/\n\s*(?=\n)|^[ \t]+/gm, '');
	const text = textFor(design);
	const locale = { locale: design.language };
	const everybodys = personalWordsOf(given.wording);
	const standardSubject = m.mail_subject({ company: design.company }, locale);
	return (links, words = everybodys) => {
		const addresses: Record<string, string> = {
			score: escapeHtml(scorePrefix(links.answerUrl)),
			answer: escapeHtml(links.answerUrl),
			unsubscribe: escapeHtml(links.unsubscribeUrl),
		};
		const line = (words: string) => escapeHtml(words.replace(/\s+/g, ' '));
		const values: Record<Slot, string> = {
			question: escapeHtml(words.question).replace(/\r\n|\r|\n/g, '<br>'),
			title: line(words.question),
			lowLabel: line(words.lowLabel),
			highLabel: line(words.highLabel),
		};
		const subject = words.subject ?? standardSubject;
		return {
			subject: subjectLine(design.isTest ? m.mail_test_subject({ subject }, locale) : subject),
			// Addresses first: no word of anybody's is looked through for places of ours.
			html: compact
				.replace(/\{\{(score|answer|unsubscribe)\}\}/g, (_, name: string) => addresses[name]!)
				.replace(slots, (_, name: Slot) => values[name]),
			text: text(links, words),
		};
	};
};
