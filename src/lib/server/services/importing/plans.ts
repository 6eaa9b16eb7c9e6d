// How a file is to be read, settled from the form that names its columns; says which field is wrong where it cannot be.
import { z } from 'zod';
import { Invalid } from '#lib/domain/errors.ts';
import {
	answerRoles,
	keysOf,
	peopleRoles,
	problemsOf,
	type AnswerField,
	type AnswerRole,
} from '#lib/domain/import/columns.ts';
import { dateFormats, formatFor, type DateFormat } from '#lib/domain/import/dates.ts';
import type { AnswersPlan, Import, PeoplePlan } from '#lib/domain/import/import.ts';
import { isAnonymous } from '#lib/domain/response/anonymous.ts';
import { surveyNameSchema } from '#lib/domain/survey/definition.ts';
import {
	lengthsOf,
	metrics,
	scaleOf,
	standardChoice,
	type Metric,
	type ScaleChoice,
} from '#lib/domain/survey/metric.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import { templates } from '#lib/domain/survey/templates.ts';
import { timeZoneSchema } from '#lib/domain/workspace/fields.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { roleNames } from '#lib/messages/columns.ts';
import { spoken, t } from '#lib/messages/managers.ts';
import type { Context } from '../../context.ts';
import * as surveys from '../surveys.ts';

/** A role for each column, by its place. Throws Invalid for a role that is missing, unknown or chosen twice. */
const rolesFrom = <Role extends AnswerRole>(
	{ header }: Import,
	columns: Record<string, string>,
	roles: readonly Role[],
	needed: readonly AnswerField[],
): Role[] => {
	const chosen = header.map((_, index) => {
		const role = roles.find((each) => each === columns[index]);
		if (!role) throw new Invalid(t.people_roles_missing(), { [`columns.${index}`]: t.people_roles_missing_here() });
		return role;
	});
	const problems = Object.entries(problemsOf(header, chosen, needed)).map(
		([field, { role, key }]): [string, string] => [
			field,
			key === null
				? t.people_role_needed({ role: roleNames[role]() })
				: t.people_role_twice({ role: roleNames[role](), column: key }),
		],
	);
	if (problems[0]) throw new Invalid(problems[0][1], Object.fromEntries(problems));
	return chosen;
};

const columnsSchema = z.record(z.string().regex(/^\d{1,3}$/), z.string().max(20)).default({});

export const peopleFormSchema = z.object({ columns: columnsSchema });
export const answersFormSchema = z.object({
	columns: columnsSchema,
	/** An existing survey's id, or `new`. */
	survey: z.string().max(24, { error: () => t.people_answers_choose_survey() }),
	name: z.string().max(200).default(''),
	metric: z.enum(metrics).optional(),
	/** How many points the metric's scale has; empty is the standard length. */
	points: z.preprocess((given) => (given === '' ? undefined : given), z.coerce.number().int().optional()),
	timeZone: timeZoneSchema,
	dateFormat: z.enum(['auto', ...dateFormats]).default('auto'),
});
export type PeopleForm = z.output<typeof peopleFormSchema>;
export type AnswersForm = z.output<typeof answersFormSchema>;

/** Throws Invalid with the columns that are wrong. */
export const ofPeople = (given: Import, form: PeopleForm): PeoplePlan => ({
	columns: rolesFrom(given, form.columns, peopleRoles, ['email']),
});

/** How the dates of a column are written. Throws Invalid where the file does not tell and nobody has said. */
const formatOf = (given: Import, index: number, chosen: AnswersForm['dateFormat']): DateFormat => {
	const found = given.profiles[index]!.dateFormats;
	const column = keysOf(given.header)[index]!;
	if (found.length === 0)
		throw new Invalid(t.people_dates_none({ column }), { [`columns.${index}`]: t.people_dates_none_here() });
	const format = formatFor(found, chosen);
	if (format) return format;
	const example = given.sampleRows[0]?.[index] ?? '';
	throw new Invalid(t.people_dates_choose({ column, example }), { dateFormat: t.people_dates_choose_here() });
};

/** How many points the scale of a new survey has. Throws Invalid for a length that the metric cannot have. */
const pointsOf = (metric: Metric, points: number | undefined): number => {
	const lengths = lengthsOf(metric);
	if (points !== undefined && !lengths.includes(points)) {
		const reason = t.people_answers_points_wrong({ metric, lengths: lengths.join(', ') });
		throw new Invalid(reason, { points: reason });
	}
	return points ?? lengths[0]!;
};

/** Of an anonymous survey's past answers nothing is taken that leads to a person. Throws Invalid. */
const requireNobody = (given: Import, columns: readonly AnswerRole[]): void => {
	const reason = t.people_anonymous_column();
	const problems = columns.flatMap((role, index) =>
		role === 'score' || role === 'date' || role === 'comment' || role === 'skip'
			? []
			: [[`columns.${index}`, reason] as const],
	);
	if (!problems.length) return;
	const names = problems.map(([field]) => t.common_quoted({ text: keysOf(given.header)[Number(field.slice(8))]! }));
	const list = new Intl.ListFormat(spoken(), { type: 'unit', style: 'short' }).format(names);
	throw new Invalid(t.people_anonymous_columns({ columns: list }), Object.fromEntries(problems));
};

/** The survey that was chosen for the answers; null when they go to a new one. */
const chosenSurvey = async (ctx: Context, scope: Scope, form: AnswersForm): Promise<Survey | null> => {
	if (form.survey === 'new') return null;
	const survey = (await surveys.list(ctx, scope)).find(({ id }) => id === form.survey);
	if (!survey || survey.isSample)
		throw new Invalid(t.people_answers_choose_listed(), { survey: t.people_answers_choose_survey() });
	return survey;
};

/** A draft to be made, named for the answers that go to it. */
export type NewSurvey = { id: string; template: (typeof templates)[number]['id']; name: string; scale: ScaleChoice };

const newSurvey = (given: Import, form: AnswersForm): NewSurvey & { metric: Metric } => {
	const name = surveyNameSchema.safeParse(form.name);
	if (!name.success) throw new Invalid(t.people_answers_nameless(), { name: name.error.issues[0]!.message });
	const { metric } = form;
	if (!metric) throw new Invalid(t.people_answers_choose_scale(), { metric: t.people_answers_choose_scale() });
	const template = templates.find(({ id }) => id === metric) ?? templates.find((each) => each.metric === metric)!;
	const scale = standardChoice(metric, pointsOf(metric, form.points));
	// Under the import's own id, so that pressing twice makes one survey.
	return { id: given.id, template: template.id, name: name.data, scale, metric };
};

/** The plan, and the survey that is to be made for it. Throws Invalid with the fields that are wrong. */
export const ofAnswers = async (
	ctx: Context,
	scope: Scope,
	given: Import,
	form: AnswersForm,
): Promise<{ plan: AnswersPlan; newSurvey: NewSurvey | null }> => {
	const columns = rolesFrom(given, form.columns, answerRoles, ['score', 'date']);
	const dateFormat = formatOf(given, columns.indexOf('date'), form.dateFormat);
	const askedAt = columns.indexOf('askedAt');
	const askedAtFormat = askedAt < 0 ? null : formatOf(given, askedAt, form.dateFormat);
	const chosen = await chosenSurvey(ctx, scope, form);
	const metric = chosen ? chosen.draft.metric : form.metric;
	if (metric && isAnonymous({ metric })) requireNobody(given, columns);
	const reading = { columns, dateFormat, askedAtFormat, timeZone: form.timeZone };
	if (chosen) return { plan: { ...reading, scale: scaleOf(chosen.draft), surveyId: chosen.id }, newSurvey: null };
	const { metric: measured, ...fresh } = newSurvey(given, form);
	const scale = scaleOf({ metric: measured, scale: fresh.scale });
	return { plan: { ...reading, scale, surveyId: given.id }, newSurvey: fresh };
};
