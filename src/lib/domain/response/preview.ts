// The customer's page as a manager looks at it: the same page, from a draft.
import { z } from 'zod';
import type { Definition } from '../survey/definition.ts';
import { languages } from '../survey/language.ts';
import { nobody } from '../survey/personal.ts';
import { logoPath } from '../survey/logo.ts';
import { scaleOf } from '../survey/metric.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { changeableUntil } from './answer.ts';
import type { Asking } from './asking.ts';

/** How to look at it: in which language, which step, and on light or dark paper. */
export const viewSchema = z.object({
	language: z.enum(languages).optional().catch(undefined),
	step: z.enum(['question', 'answered']).catch('question'),
	theme: z.enum(['auto', 'light', 'dark']).catch('auto'),
});
export type View = z.output<typeof viewSchema>;

/** What a customer of `view.language` would see of a draft now. */
export const preview = (
	definition: Definition,
	workspace: Pick<Workspace, 'id' | 'name' | 'timeZone'>,
	view: View,
	now: Date,
): Asking => {
	const { logoId, colour, scheme, ...style } = definition.brand;
	const head = {
		company: workspace.name,
		logo: logoId && logoPath(workspace.id, logoId),
		colour,
		style,
		language: view.language ?? definition.language,
		note: null,
		theme: scheme === 'auto' ? view.theme : scheme,
		timeZone: workspace.timeZone,
	};
	const common = { head, definition, person: nobody, version: 0, comment: '', submissionKey: null };
	if (view.step === 'question')
		return { ...common, step: 'question', score: null, hidden: [], isChange: false, problem: null };
	return {
		...common,
		step: 'answered',
		score: scaleOf(definition).max,
		answers: [],
		news: 'given',
		unsent: null,
		changeUntil: changeableUntil(now, 24),
		timeZone: workspace.timeZone,
		contact: { may: null, email: '', needsEmail: false, isEmailWrong: false },
	};
};
