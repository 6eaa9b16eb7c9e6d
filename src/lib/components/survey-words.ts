// What the managers' side calls metrics, follow-ups and groups of templates.
import type { Bucket, Metric } from '#lib/domain/survey/metric.ts';
import type { TemplateGroup } from '#lib/domain/survey/templates.ts';
import { t } from '#lib/messages/managers.ts';

export const metricNames: Record<Metric, () => string> = {
	nps: t.surveys_metric_nps,
	csat: t.surveys_metric_csat,
	ces: t.surveys_metric_ces,
	stars: t.surveys_metric_stars,
	thumbs: t.surveys_metric_thumbs,
	pmf: t.surveys_metric_pmf,
	enps: t.surveys_metric_enps,
	'ces-v1': t.surveys_metric_ces_v1,
};

/** Whom a follow-up question is for. */
export const followUpLabels: Record<Bucket, () => string> = {
	detractor: t.surveys_follow_up_detractor,
	passive: t.surveys_follow_up_passive,
	promoter: t.surveys_follow_up_promoter,
	dissatisfied: t.surveys_follow_up_dissatisfied,
	neutral: t.surveys_follow_up_neutral,
	satisfied: t.surveys_follow_up_satisfied,
	hard: t.surveys_follow_up_hard,
	easy: t.surveys_follow_up_easy,
	'not-disappointed': t.surveys_follow_up_not_disappointed,
	'somewhat-disappointed': t.surveys_follow_up_somewhat_disappointed,
	'very-disappointed': t.surveys_follow_up_very_disappointed,
};

export const templateGroupNames: Record<TemplateGroup, () => string> = {
	relationship: t.surveys_templates_relationship,
	purchase: t.surveys_templates_purchase,
	support: t.surveys_templates_support,
	lifecycle: t.surveys_templates_lifecycle,
	people: t.surveys_templates_people,
	plain: t.surveys_templates_plain,
};
