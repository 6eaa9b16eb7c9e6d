// A made-up year that is worth looking at: one month of late parcels, one product line that people love.
import type { Property } from '../contact/contact.ts';
import type { TemplateId } from '../survey/definition.ts';
import type { Language } from '../survey/language.ts';
import { standardScale, toneOf, type Metric } from '../survey/metric.ts';
import { lateComments, purchaseComments, shopComments, supportComments } from './comments.ts';
import { random, type Random } from './random.ts';

export type SamplePerson = { email: string; name: string; language: Language; properties: Property[] };
export type SampleAnswer = { score: number; comment: string; language: Language; answeredAt: Date };
/** One person asked once; `answer` is null for those who did not. `person` is an index into the people. */
export type SampleQuestion = { person: number; askedAt: Date; properties: Property[]; answer: SampleAnswer | null };
export type SampleSurvey = {
	name: string;
	metric: Metric;
	template: TemplateId;
	colour: string;
	questions: SampleQuestion[];
};
export type SampleStory = { people: SamplePerson[]; surveys: SampleSurvey[] };

const day = 86_400_000;
/** The late parcels: days before `now`, from and until, a month that the chart shows as a dip. */
export const dipDaysAgo = { from: 150, until: 120 } as const;

const firstNames = [
	'Nimali',
	'Anush',
	'Arjun',
	'Layla',
	'Emma',
	'Kasun',
	'Tigran',
	'Meera',
	'Omar',
	'Jonas',
	'Ishara',
	'Nare',
	'Anand',
	'Salma',
	'Clara',
	'Dilan',
];
const lastNames = [
	'Perera',
	'Petrosyan',
	'Nair',
	'Haddad',
	'Berg',
	'Silva',
	'Sargsyan',
	'Menon',
	'Khalil',
	'Weber',
	'Fernando',
	'Grigoryan',
	'Pillai',
	'Mansour',
	'Lindt',
];
const languages: readonly Language[] = ['en', 'si', 'hy', 'ml', 'ar'];
const languageWeights = [60, 12, 9, 9, 10];

type Plan = {
	name: string;
	metric: Metric;
	template: TemplateId;
	colour: string;
	perDay: number;
	answerShare: number;
	property: string;
	values: readonly {
		value: string;
		weight: number;
		/** Likelihood of each score, lowest first. */ scores: readonly number[];
	}[];
	comments: typeof purchaseComments;
	/** Scores while the parcels were late. */
	dip?: readonly number[];
};

const usual = [1, 1, 2, 2, 3, 5, 6, 14, 20, 24, 22];
const loved = [0, 0, 0, 1, 1, 2, 2, 6, 12, 28, 48];
const plans: readonly Plan[] = [
	{
		name: 'After a purchase',
		metric: 'nps',
		template: 'nps-after-purchase',
		colour: '#1f6f5c',
		perDay: 7,
		answerShare: 0.36,
		property: 'product line',
		values: [
			{ value: 'Garden', weight: 28, scores: loved },
			{ value: 'Kitchen', weight: 40, scores: usual },
			{ value: 'Lighting', weight: 32, scores: usual },
		],
		comments: purchaseComments,
		dip: [10, 6, 8, 9, 8, 10, 8, 14, 10, 9, 8],
	},
	{
		name: 'After a support conversation',
		metric: 'csat',
		template: 'csat-after-support',
		colour: '#3556a8',
		perDay: 4,
		answerShare: 0.3,
		property: 'team',
		values: [
			{ value: 'Chat', weight: 45, scores: [4, 5, 11, 36, 44] },
			{ value: 'Phone', weight: 35, scores: [8, 9, 15, 36, 32] },
			{ value: 'Mail', weight: 20, scores: [9, 11, 18, 36, 26] },
		],
		comments: supportComments,
	},
	{
		name: 'Picked up in a shop',
		metric: 'nps',
		template: 'nps-after-purchase',
		colour: '#8a4b12',
		perDay: 2,
		answerShare: 0.42,
		property: 'shop',
		values: [
			{ value: 'Colombo', weight: 40, scores: usual },
			{ value: 'Yerevan', weight: 35, scores: usual },
			{ value: 'Kochi', weight: 25, scores: loved },
		],
		comments: shopComments,
	},
];

const makePeople = (dice: Random): SamplePerson[] =>
	Array.from({ length: 600 }, (_, index) => {
		const name = `${dice.pick(firstNames)} ${dice.pick(lastNames)}`;
		const handle = name.toLowerCase().replace(' ', '.');
		return {
			email: `${handle}.${index + 1}@example.com`,
			name,
			language: dice.pick(languages, languageWeights),
			properties: [{ key: 'country', value: dice.pick(['Sri Lanka', 'Armenia', 'India', 'Germany']) }],
		};
	});

const commentFor = (dice: Random, plan: Plan, score: number, person: SamplePerson, isDip: boolean) => {
	const tone = toneOf(standardScale(plan.metric), score);
	if (isDip && tone === 'low' && dice.next() < 0.8) return dice.pick(lateComments);
	if (dice.next() > (tone === 'low' ? 0.7 : 0.35)) return { language: person.language, text: '' };
	const known = plan.comments[tone];
	const language = known[person.language] ? person.language : 'en';
	return { language, text: dice.pick(known[language]!) };
};

const askOne = (
	dice: Random,
	plan: Plan,
	people: readonly SamplePerson[],
	askedAt: Date,
	now: Date,
	isDip: boolean,
): SampleQuestion => {
	const index = dice.between(0, people.length - 1);
	const person = people[index]!;
	const group = dice.pick(
		plan.values,
		plan.values.map(({ weight }) => weight),
	);
	const properties = [...person.properties, { key: plan.property, value: group.value }];
	const scores = isDip && plan.dip ? plan.dip : group.scores;
	const answeredAt = new Date(askedAt.getTime() + dice.between(4, 60 * 48) * 60_000);
	if (dice.next() > plan.answerShare || answeredAt > now) return { person: index, askedAt, properties, answer: null };
	const least = plan.metric === 'nps' ? 0 : 1;
	const score =
		least +
		dice.pick(
			scores.map((_, step) => step),
			scores,
		);
	const { language, text } = commentFor(dice, plan, score, person, isDip);
	return { person: index, askedAt, properties, answer: { score, comment: text, language, answeredAt } };
};

/** The year that ends at `now`: the same people, questions and answers for the same `now`. Everybody lives at example.com. */
export const tellStory = (now: Date): SampleStory => {
	const dice = random(20_260_630);
	const people = makePeople(dice);
	const midnight = Math.floor(now.getTime() / day) * day;
	const surveys = plans.map((plan) => {
		const questions: SampleQuestion[] = [];
		for (let daysAgo = 365; daysAgo >= 0; daysAgo--) {
			const isDip = daysAgo <= dipDaysAgo.from && daysAgo > dipDaysAgo.until && plan.dip !== undefined;
			for (let asked = dice.between(plan.perDay - 1, plan.perDay + 1); asked > 0; asked--) {
				const askedAt = new Date(midnight - daysAgo * day + dice.between(8 * 60, 18 * 60) * 60_000);
				if (askedAt <= now) questions.push(askOne(dice, plan, people, askedAt, now, isDip));
			}
		}
		const { name, metric, template, colour } = plan;
		return { name, metric, template, colour, questions };
	});
	return { people, surveys };
};
