// One person: who they are, what they were asked, and what they answered.
import { NotFound } from '#lib/domain/errors.ts';
import type { Reply } from '#lib/domain/sending/reply.ts';
import { scaleOf, type Scale } from '#lib/domain/survey/metric.ts';
import type { Said } from '#lib/messages/answers.ts';
import { t } from '#lib/messages/managers.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '../context.ts';
import * as contacts from '../db/contacts.ts';
import * as people from '../db/people.ts';
import * as surveyRows from '../db/surveys.ts';
import { reader } from './answers.ts';

const mostAskings = 200;

/** Something that happened with a person, newest first in their history. */
export type HistoryEntry = { id: string; at: Date; surveyId: string; surveyName: string } & (
	| { kind: 'answered'; scale: Scale; score: number; comment: string; said: Said[]; hours: number | null }
	| { kind: 'asked'; isAnswered: boolean }
	| { kind: 'waiting' | 'refused' | 'skipped'; reason: Reply | null }
);

/** A person with their history. Throws NotFound, also for one that was deleted. */
export const show = async (ctx: Context, scope: Scope, contactId: string) => {
	const person = await contacts.byId(ctx.db, scope.workspaceId, contactId);
	if (!person) throw new NotFound(t.people_no_such());
	const surveys = new Map((await surveyRows.list(ctx.db, scope.workspaceId)).map((survey) => [survey.id, survey]));
	const answers = await people.answersOf(ctx.db, scope.workspaceId, [contactId]);
	const askings = await people.askingsOf(ctx.db, scope.workspaceId, contactId, mostAskings);
	const history: HistoryEntry[] = [];
	for (const answer of answers) {
		const { id, surveyId, score, comment, askedAt, answeredAt, kind } = answer;
		const survey = surveys.get(surveyId);
		if (!survey || kind === 'test' || kind === 'preview') continue;
		const hours = askedAt && (answeredAt.getTime() - askedAt.getTime()) / 3_600_000;
		const of = { id, at: answeredAt, surveyId, surveyName: survey.name };
		const said = (await reader(ctx, scope.workspaceId, surveyId, [answer]))(answer);
		history.push({ ...of, kind: 'answered', scale: scaleOf(survey.draft), score, comment, said, hours });
	}
	for (const { id, surveyId, status, sentAt, answeredAt, dueAt, lastReply } of askings) {
		const of = { id, surveyId, surveyName: surveys.get(surveyId)?.name ?? t.people_survey_gone() };
		if (sentAt) history.push({ ...of, at: sentAt, kind: 'asked', isAnswered: answeredAt !== null });
		else {
			const kind =
				status === 'refused' ? 'refused' : status === 'cancelled' || status === 'failed' ? 'skipped' : 'waiting';
			history.push({ ...of, at: dueAt, kind, reason: lastReply });
		}
	}
	history.sort((a, b) => b.at.getTime() - a.at.getTime());
	return { person, history };
};
