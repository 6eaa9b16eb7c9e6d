// Counts local days from the answers and invitations themselves: what tallies must equal, and what stands in for stale ones.
import type { Day } from '#lib/domain/report/report.ts';
import { startTally, type Breakdown, type DayTally } from '#lib/domain/report/tally.ts';
import type { ResponseKind } from '#lib/domain/response/response.ts';
import { addDays, type Range } from '#lib/domain/time/day.ts';
import { dayOf, startOfDay } from '#lib/domain/time/zone.ts';
import type { Database } from './database.ts';
import { waitToRepeat } from './retry.ts';
import { ObjectId } from './rows/base.ts';
import type { ResponseRow } from './rows/response.ts';
import type { InvitationRow } from './rows/sending.ts';

/** A survey as far as counting goes: a sample survey counts its sample answers, any other the real ones. */
export type Countable = { workspaceId: string; surveyId: string; kind: Extract<ResponseKind, 'real' | 'sample'> };

const batchSize = 2_000;

const instantsOf = (range: Range | null, timeZone: string) =>
	range && { $gte: startOfDay(range.from, timeZone), $lt: startOfDay(range.until, timeZone) };

/** What is counted of a survey's answers: never deleted ones, nor those of another kind. */
export const countedAnswers = ({ workspaceId, surveyId, kind }: Countable) => ({
	workspaceId: new ObjectId(workspaceId),
	surveyId: new ObjectId(surveyId),
	kind,
	deletedAt: null,
});

const answersOf = (db: Database, survey: Countable, range: Range | null, timeZone: string) => {
	const instants = instantsOf(range, timeZone);
	return db.models.responses
		.find({ ...countedAnswers(survey), ...(instants && { answeredAt: instants }) })
		.select('answeredAt score channel language properties')
		.sort({ answeredAt: 1, _id: 1 })
		.batchSize(batchSize)
		.lean<ResponseRow[]>()
		.cursor();
};

const invitationsOf = (db: Database, { workspaceId, surveyId }: Countable, range: Range | null, timeZone: string) =>
	db.models.invitations
		.find({
			workspaceId: new ObjectId(workspaceId),
			surveyId: new ObjectId(surveyId),
			sentAt: instantsOf(range, timeZone) ?? { $type: 'date' },
			status: 'sent',
			isTest: false,
			deletedAt: null,
		})
		.select('sentAt answeredAt language properties')
		.sort({ sentAt: 1 })
		.batchSize(batchSize)
		.lean<InvitationRow[]>()
		.cursor();

/** After every day that anything happens on. */
const endOfTime = '9999-01-01';

/**
 * The days of a range (or, with null, of all time) that have answers or accepted invitations, oldest first, one in
 * memory at a time. `only` counts a single breakdown. When the connection fails, it goes on with the next day.
 */
export async function* countDays(
	db: Database,
	survey: Countable,
	range: Range | null,
	timeZone: string,
	only: Breakdown | null = null,
): AsyncGenerator<{ day: string; tally: DayTally }> {
	let rest = range;
	for (let attempt = 1; ; attempt++) {
		try {
			for await (const counted of countOnce(db, survey, rest, timeZone, only)) {
				yield counted;
				rest = { from: addDays(counted.day, 1), until: range?.until ?? endOfTime };
				attempt = 1;
			}
			return;
		} catch (error) {
			await waitToRepeat(error, attempt);
		}
	}
}

async function* countOnce(
	db: Database,
	survey: Countable,
	range: Range | null,
	timeZone: string,
	only: Breakdown | null,
): AsyncGenerator<{ day: string; tally: DayTally }> {
	const answers = answersOf(db, survey, range, timeZone);
	const invitations = invitationsOf(db, survey, range, timeZone);
	try {
		let answer: ResponseRow | null = await answers.next();
		let invitation: InvitationRow | null = await invitations.next();
		while (answer || invitation) {
			const first = Math.min(answer?.answeredAt.getTime() ?? Infinity, invitation?.sentAt?.getTime() ?? Infinity);
			const day = dayOf(new Date(first), timeZone);
			const end = startOfDay(addDays(day, 1), timeZone);
			const tally = startTally(only);
			for (; answer && answer.answeredAt < end; answer = await answers.next()) tally.addAnswer(answer);
			for (; invitation && invitation.sentAt! < end; invitation = await invitations.next())
				tally.addInvitation({ ...invitation, isAnswered: invitation.answeredAt !== null });
			yield { day, tally: tally.read() };
		}
	} finally {
		await answers.close();
		await invitations.close();
	}
}

/** At most so many answers are counted for what no tally holds. */
export const mostCounted = 20_000;

/**
 * Counts the newest answers of a range by day, for what no tally holds: one breakdown of those that `isCounted`.
 * `isCut` says that there were more than could be looked at.
 */
export const countNewest = async (
	db: Database,
	survey: Countable,
	range: Range,
	timeZone: string,
	breakdown: Breakdown,
	isCounted: (answer: Pick<ResponseRow, 'channel' | 'language' | 'properties'>) => boolean,
): Promise<{ days: Day[]; isCut: boolean }> => {
	const rows = await db.models.responses
		.find({ ...countedAnswers(survey), answeredAt: instantsOf(range, timeZone)! })
		.select('answeredAt score channel language properties')
		.sort({ answeredAt: -1, _id: -1 })
		.limit(mostCounted + 1)
		.lean<ResponseRow[]>();
	const isCut = rows.length > mostCounted;
	const byDay = Map.groupBy(rows.slice(0, mostCounted).filter(isCounted), ({ answeredAt }) =>
		dayOf(answeredAt, timeZone),
	);
	const days = [...byDay].map(([day, answers]) => {
		const tally = startTally(breakdown, Infinity);
		for (const answer of answers) tally.addAnswer(answer);
		return { day, cells: tally.read().get(breakdown) ?? [] };
	});
	return { days, isCut };
};

/** Whether the survey has more answers than can be counted on the spot for every look at it. */
export const isLarge = async (db: Database, { workspaceId, surveyId }: Countable): Promise<boolean> => {
	const of = { workspaceId: new ObjectId(workspaceId), surveyId: new ObjectId(surveyId) };
	return (await db.models.responses.countDocuments(of).limit(mostCounted + 1)) > mostCounted;
};

/** Whether any invitation of the survey was accepted by a mail server. */
export const wasSent = async (db: Database, { workspaceId, surveyId }: Countable): Promise<boolean> => {
	const of = { workspaceId: new ObjectId(workspaceId), surveyId: new ObjectId(surveyId) };
	return (await db.models.invitations.exists({ ...of, sentAt: { $type: 'date' }, isTest: false })) !== null;
};

/** Whether the survey has an answer that counts, or that a deletion can still be undone of. */
export const hasAnswers = async (db: Database, survey: Countable): Promise<boolean> => {
	const { deletedAt: _either, ...of } = countedAnswers(survey);
	return (await db.models.responses.exists(of)) !== null;
};
