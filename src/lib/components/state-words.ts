// What the managers' side says of a survey that is open, or is not.
import type { State } from '#lib/domain/survey/lifecycle.ts';
import { t } from '#lib/messages/managers.ts';
import * as moments from './moments.ts';
import type { MessageTone } from './tone.ts';

/** In a badge: "Opens on 3 Mar 2026, 09:00". */
export const stateBadge = (state: State, zone: string): { word: string; tone: MessageTone } => {
	switch (state.kind) {
		case 'draft':
			return { word: t.surveys_state_draft(), tone: 'neutral' };
		case 'open':
			return state.closesAt
				? {
						word: t.surveys_state_live_until({ moment: moments.minute(new Date(state.closesAt), zone) }),
						tone: 'success',
					}
				: { word: t.surveys_state_live(), tone: 'success' };
		case 'scheduled':
			return {
				word: t.surveys_state_scheduled({ moment: moments.minute(new Date(state.opensAt), zone) }),
				tone: 'info',
			};
		case 'paused':
			return { word: t.surveys_state_paused(), tone: 'warning' };
		case 'full':
			return { word: t.surveys_state_full(), tone: 'neutral' };
		case 'ended':
			return {
				word: t.surveys_state_ended({ moment: moments.minute(new Date(state.closesAt), zone) }),
				tone: 'neutral',
			};
		case 'closed':
			return { word: t.surveys_state_closed(), tone: 'neutral' };
		case 'archived':
			return { word: t.surveys_state_archived(), tone: 'neutral' };
	}
};

/** What somebody meets who opens a link to it now; null where they can answer. */
export const linksSay = (state: State, zone: string): string | null => {
	switch (state.kind) {
		case 'open':
			return null;
		case 'draft':
			return t.surveys_links_draft();
		case 'scheduled':
			return t.surveys_links_scheduled({ moment: moments.minute(new Date(state.opensAt), zone), zone });
		case 'paused':
			return t.surveys_links_paused();
		case 'full':
			return t.surveys_links_full({ n: state.quota });
		case 'ended':
			return t.surveys_links_ended({ moment: moments.minute(new Date(state.closesAt), zone), zone });
		case 'closed':
			return t.surveys_links_closed();
		case 'archived':
			return t.surveys_links_archived();
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
			return { page: 'settings', label: t.surveys_open_settings() };
		default:
			return { page: 'edit', label: t.surveys_open_editor() };
	}
};
