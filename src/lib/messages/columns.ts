// What the columns of an imported file are called.
import type { AnswerRole } from '#lib/domain/import/columns.ts';
import { t } from './managers.ts';

/** Each role of a column as a form names it. */
export const roleNames: Record<AnswerRole, () => string> = {
	email: t.common_email_address,
	name: t.common_name,
	language: t.common_language,
	score: t.common_score,
	date: t.people_role_date,
	askedAt: t.people_role_asked_at,
	comment: t.people_role_comment,
	id: t.people_role_id,
	property: t.common_property,
	skip: t.people_role_skip,
};
