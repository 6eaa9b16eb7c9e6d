// A survey's mail for tests, with defaults.
import type { InvitationDesign } from '#emails/survey-invitation.ts';
import { type Definition } from '#lib/domain/survey/definition.ts';
import { wordingFor } from '#lib/domain/survey/wording.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { standardChoice, type Metric, type ScaleChoice } from '#lib/domain/survey/metric.ts';
import { defaultBrand, type Brand } from '#lib/domain/survey/brand.ts';
import type { Person } from '#lib/domain/survey/personal.ts';
import { standardTexts } from '#lib/messages/standard.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';

export const links = {
	answerUrl: 'https://ask.example.com/s/dG9rZW4',
	unsubscribeUrl: 'https://ask.example.com/u/dG9rZW4',
};

export const designOf = (
	metric: Metric,
	language: Language,
	changes: Partial<Omit<InvitationDesign, 'brand'>> & {
		texts?: Definition['texts'];
		brand?: Partial<Brand>;
		scale?: Partial<ScaleChoice>;
		person?: Person;
	} = {},
): InvitationDesign => {
	const { texts = {}, company = 'Fjord Sports', brand, scale, person, ...rest } = changes;
	const template = metric === 'csat' ? 'csat-after-support' : metric === 'nps' ? 'nps-after-purchase' : metric;
	const from = templates.find(({ id }) => id === template) ?? templates.find((each) => each.metric === metric)!;
	const choice = { ...standardChoice(metric, scale?.points), ...scale };
	const definition: Definition = { ...definitionFrom(from, 'en'), scale: choice, texts };
	return {
		definition,
		wording: wordingFor(definition, language, standardTexts(definition, language, company), person),
		language,
		company,
		brand: { ...defaultBrand, ...brand },
		logoUrl: 'https://ask.example.com/logo/1',
		...rest,
	};
};
