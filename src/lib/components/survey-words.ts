// What the managers' side calls metrics and states.
import type { Status } from '#lib/domain/survey/definition.ts';
import type { Bucket, Metric } from '#lib/domain/survey/metric.ts';
import type { MessageTone } from './tone.ts';

export const metricNames: Record<Metric, string> = { nps: 'NPS, 0 to 10', csat: 'Satisfaction, five faces' };

export const statusWords: Record<Status, { word: string; tone: MessageTone }> = {
	draft: { word: 'Draft', tone: 'neutral' },
	live: { word: 'Live', tone: 'success' },
	paused: { word: 'Paused', tone: 'warning' },
	closed: { word: 'Closed', tone: 'neutral' },
};

/** Whom a follow-up question is for. */
export const followUpLabels: Record<Bucket, string> = {
	detractor: 'Follow-up for detractors (0–6)',
	passive: 'Follow-up for passives (7–8)',
	promoter: 'Follow-up for promoters (9–10)',
	dissatisfied: 'Follow-up for the dissatisfied (1–2)',
	neutral: 'Follow-up for the neutral (3)',
	satisfied: 'Follow-up for the satisfied (4–5)',
};
