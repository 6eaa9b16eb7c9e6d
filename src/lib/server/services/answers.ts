// A survey's answers as its page lists them, newest first, narrowed by the filters in the address.
import type { Contact } from '#lib/domain/contact/contact.ts';
import { ever, type Filters } from '#lib/domain/report/filters.ts';
import { lists } from '#lib/domain/report/matching.ts';
import type { Response } from '#lib/domain/response/response.ts';
import type { Scale } from '#lib/domain/survey/metric.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import type { Range } from '#lib/domain/time/day.ts';
import { startOfDay } from '#lib/domain/time/zone.ts';
import { allSaid, type Said } from '#lib/messages/answers.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '../context.ts';
import * as answerLists from '../db/answer-lists.ts';
import * as surveyRows from '../db/surveys.ts';
import * as people from '../db/people.ts';
import * as anonymous from './anonymous-answers.ts';
import { countable } from './recounts.ts';

const pageSize = 25;

/** A range of local days as instants; null is all time. */
export const instantsOf = (range: Range, timeZone: string): answerLists.Instants =>
	range.from === ever.from && range.until === ever.until
		? null
		: { from: startOfDay(range.from, timeZone), until: startOfDay(range.until, timeZone) };

/** A place in the list as an address holds it: when, and which. */
const writePlace = (place: answerLists.Place | null): string | null =>
	place && `${place.answeredAt.getTime()}-${place.id}`;
const readPlace = (text: string | null): answerLists.Place | null => {
	const match = /^(-?\d{1,15})-([0-9a-f]{24})$/.exec(text ?? '');
	return match && { answeredAt: new Date(Number(match[1])), id: match[2]! };
};

/** The place in an address that a list begins with an answer from, however many came since. */
export const placeAt = (answer: Pick<Response, 'answeredAt'>): string =>
	writePlace({ answeredAt: answer.answeredAt, id: 'f'.repeat(24) })!;

/** Who gave an answer, as far as they are known. */
const personOf = (contact: Contact | undefined) =>
	contact ? { id: contact.id, name: contact.name, email: contact.email } : null;

/** What the list needs of a report. */
type Shown = {
	survey: Pick<Survey, 'id' | 'isSample'>;
	scale: Scale;
	filters: Filters;
	range: Range;
	timeZone: string;
};

/** The next answers of the page's list after a place from an address; from the newest on when it names none. */
export const list = async (ctx: Context, scope: Scope, shown: Shown, after: string | null) => {
	const survey = countable({ ...shown.survey, workspaceId: scope.workspaceId });
	const isListed = lists(shown.filters, shown.scale);
	const instants = instantsOf(shown.range, shown.timeZone);
	const place = readPlace(after);
	const { answers, next, isCut } = await answerLists.page(ctx.db, survey, instants, isListed, {
		after: place,
		limit: pageSize,
	});
	const contacts = await people.byIds(ctx.db, scope.workspaceId, knownOf(answers));
	const saidIn = await reader(ctx, scope.workspaceId, shown.survey.id, answers);
	return {
		answers: answers.map((answer) => {
			const { id, score, comment, language, channel, properties, answeredAt, contactId } = answer;
			return {
				id,
				score,
				comment,
				language,
				channel,
				properties,
				answeredAt,
				said: saidIn(answer),
				mayContact: answer.mayContact,
				contactEmail: answer.contactEmail,
				person: personOf(contacts.get(contactId ?? '')),
			};
		}),
		next: writePlace(next),
		isCut,
		isFirstPage: place === null,
	};
};

/** Reads answers to a survey's questions in its base language, each by the version it was given to. */
export const reader = async (
	ctx: Context,
	workspaceId: string,
	surveyId: string,
	answers: readonly Pick<Response, 'answers'>[],
): Promise<(answer: Pick<Response, 'version' | 'answers'>) => Said[]> => {
	// Most surveys ask nothing further; their versions need not be read.
	if (answers.every(({ answers }) => answers.length === 0)) return () => [];
	const versions = await surveyRows.versions(ctx.db, workspaceId, surveyId);
	const definitions = new Map(versions.map(({ version, definition }) => [version, definition]));
	return ({ version, answers }) => {
		const definition = definitions.get(version);
		return definition ? allSaid(definition, answers, '') : [];
	};
};

/** Ids of the people who gave these answers, where they are known. */
export const knownOf = (answers: readonly Response[]): string[] =>
	answers.flatMap(({ contactId }) => (contactId === null ? [] : [contactId]));

/** What an anonymous survey's report tells of comments and questions. */
export const anonymousList = async (ctx: Context, scope: Scope, shown: Shown): Promise<anonymous.AnonymousAnswers> => {
	const survey = countable({ ...shown.survey, workspaceId: scope.workspaceId });
	return anonymous.list(ctx, { survey, timeZone: shown.timeZone }, shown.scale, shown.filters);
};
