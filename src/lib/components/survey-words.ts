// What the managers' side calls metrics and states.
import type { Status } from '#lib/domain/survey/definition.ts';
import type { Bucket, Metric } from '#lib/domain/survey/metric.ts';
import type { TemplateGroup } from '#lib/domain/survey/templates.ts';
import type { MessageTone } from './tone.ts';

export const metricNames: Record<Metric, string> = {
	nps: 'NPS',
	csat: 'Satisfaction (CSAT)',
	ces: 'Customer effort (CES 2.0)',
	stars: 'Five stars',
	thumbs: 'Thumbs',
	pmf: 'Product-market fit',
	enps: 'Employee NPS, anonymous',
	'ces-v1': 'Customer effort of 2010, imported',
};

export const statusWords: Record<Status, { word: string; tone: MessageTone }> = {
	draft: { word: 'Draft', tone: 'neutral' },
	live: { word: 'Live', tone: 'success' },
	paused: { word: 'Paused', tone: 'warning' },
	closed: { word: 'Closed', tone: 'neutral' },
};

/** Whom a follow-up question is for. */
export const followUpLabels: Record<Bucket, string> = {
	detractor: 'Follow-up for detractors',
	passive: 'Follow-up for passives',
	promoter: 'Follow-up for promoters',
	dissatisfied: 'Follow-up for the dissatisfied',
	neutral: 'Follow-up for the neutral',
	satisfied: 'Follow-up for the satisfied',
	hard: 'Follow-up where it was hard',
	easy: 'Follow-up where it was easy',
	'not-disappointed': 'Follow-up for the not disappointed',
	'somewhat-disappointed': 'Follow-up for the somewhat disappointed',
	'very-disappointed': 'Follow-up for the very disappointed',
};

export const templateGroupNames: Record<TemplateGroup, string> = {
	relationship: 'All in all',
	purchase: 'Buying and receiving',
	support: 'Getting help',
	lifecycle: 'Starting, staying, leaving',
	people: 'Your own people',
	plain: 'A plain question',
};
