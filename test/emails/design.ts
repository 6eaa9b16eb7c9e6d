// A survey's mail for tests, with defaults.
import type { InvitationDesign } from '#emails/survey-invitation.ts';
import { type Definition } from '#lib/domain/survey/definition.ts';
import { wordingFor } from '#lib/domain/survey/wording.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Metric } from '#lib/domain/survey/metric.ts';
import { standardTexts } from '#lib/messages/standard.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';

export const links = {
	answerUrl: 'https://ask.example.com/s/dG9rZW4',
	unsubscribeUrl: 'https://ask.example.com/u/dG9rZW4',
};

export const designOf = (
	metric: Metric,
	language: Language,
	changes: Partial<InvitationDesign> & { texts?: Definition['texts'] } = {},
): InvitationDesign => {
	const { texts = {}, company = 'Fjord Sports', ...rest } = changes;
	const template = metric === 'csat' ? 'csat-after-support' : metric === 'nps' ? 'nps-after-purchase' : metric;
	const from = templates.find(({ id }) => id === template) ?? templates.find((each) => each.metric === metric)!;
	const definition: Definition = { ...definitionFrom(from, 'en'), texts };
	return {
		definition,
		wording: wordingFor(definition, language, standardTexts(definition, language, company)),
		language,
		company,
		colour: '#1f6f5c',
		logoUrl: 'https://ask.example.com/logo/1',
		...rest,
	};
};
