// What the managers' side says of a survey that is open, or is not.
import type { State } from '#lib/domain/survey/lifecycle.ts';
import * as figures from './figures.ts';
import * as moments from './moments.ts';
import type { MessageTone } from './tone.ts';

/** In a badge: "Opens on 3 Mar 2026, 09:00". */
export const stateBadge = (state: State, zone: string): { word: string; tone: MessageTone } => {
	switch (state.kind) {
		case 'draft':
			return { word: 'Draft', tone: 'neutral' };
		case 'open':
			return state.closesAt
				? { word: `Live until ${moments.minute(new Date(state.closesAt), zone)}`, tone: 'success' }
				: { word: 'Live', tone: 'success' };
		case 'scheduled':
			return { word: `Opens on ${moments.minute(new Date(state.opensAt), zone)}`, tone: 'info' };
		case 'paused':
			return { word: 'Paused', tone: 'warning' };
		case 'full':
			return { word: 'Closed: quota reached', tone: 'neutral' };
		case 'ended':
			return { word: `Closed on ${moments.minute(new Date(state.closesAt), zone)}`, tone: 'neutral' };
		case 'closed':
			return { word: 'Closed', tone: 'neutral' };
		case 'archived':
			return { word: 'Archived', tone: 'neutral' };
	}
};

/** What somebody meets who opens a link to it now; null where they can answer. */
export const linksSay = (state: State, zone: string): string | null => {
	switch (state.kind) {
		case 'open':
			return null;
		case 'draft':
			return 'This survey is a draft. Until it is published, its links say that no answers are taken yet.';
		case 'scheduled':
			return `This survey opens on ${moments.minute(new Date(state.opensAt), zone)} (${zone}). Until then its links say so, and take no answers.`;
		case 'paused':
			return 'This survey is paused. Its links say so, and take no answers until it is resumed.';
		case 'full':
			return `This survey has the ${figures.count(state.quota)} answers it was to get. Its links say so, and take no more until the quota is raised.`;
		case 'ended':
			return `This survey closed on ${moments.minute(new Date(state.closesAt), zone)} (${zone}). Its links say so, and take no answers until it may close later.`;
		case 'closed':
			return 'This survey is closed. Its links say so, and take no answers until it is reopened.';
		case 'archived':
			return 'This survey is archived. Its links say that it is closed, and take no answers.';
	}
};

/** Where it is opened: a page of the survey with what to do there; null where it is open. */
export const remedyOf = ({ kind }: State): { page: 'edit' | 'settings'; label: string } | null => {
	switch (kind) {
		case 'open':
			return null;
		case 'scheduled':
		case 'full':
		case 'ended':
		case 'archived':
			return { page: 'settings', label: 'Open the settings' };
		default:
			return { page: 'edit', label: 'Open the editor' };
	}
};
