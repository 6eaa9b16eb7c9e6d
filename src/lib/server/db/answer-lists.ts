// Reads a survey's answers newest first, by index and in bounded steps: the list on a page, and the stream of an export.
import type { Response } from '#lib/domain/response/response.ts';
import type { Database } from './database.ts';
import { countedAnswers, type Countable } from './day-counts.ts';
import { ObjectId } from './rows/base.ts';
import type { ResponseRow } from './rows/response.ts';

const hex = (id: ObjectId | null) => id && id.toHexString();

export const toResponse = ({
	_id,
	workspaceId,
	surveyId,
	contactId,
	invitationId,
	importId,
	submissionKey: _key,
	deletedAt: _deletedAt,
	...row
}: ResponseRow): Response => ({
	...row,
	id: _id.toHexString(),
	workspaceId: workspaceId.toHexString(),
	surveyId: surveyId.toHexString(),
	contactId: hex(contactId),
	invitationId: hex(invitationId),
	importId: hex(importId),
	answers: row.answers ?? [],
	mayContact: row.mayContact ?? null,
	contactEmail: row.contactEmail ?? null,
	reached: row.reached ?? null,
});

/** Where a page of answers ended. */
export type Place = { answeredAt: Date; id: string };

/** Half open; null is all time. */
export type Instants = { from: Date; until: Date } | null;

const filterOf = (survey: Countable, instants: Instants, after: Place | null) => {
	const id = after && new ObjectId(after.id);
	return {
		...countedAnswers(survey),
		...((instants || after) && {
			answeredAt: {
				...(instants && { $gte: instants.from, $lt: instants.until }),
				...(after && { $lte: after.answeredAt }),
			},
		}),
		...(after && {
			$or: [{ answeredAt: { $lt: after.answeredAt } }, { answeredAt: after.answeredAt, _id: { $lt: id! } }],
		}),
	};
};

/** At most so many answers are looked at for one page; a rare word is then searched for on the next. */
export const mostLookedAt = 20_000;

export type AnswerPage = {
	answers: Response[];
	/** Where the next page begins; null when this was the last. */
	next: Place | null;
	/** Not all answers could be looked at: there may be more from `next` on. */
	isCut: boolean;
};

/** The next answers that are listed, after a place or from the newest on. */
export const page = async (
	db: Database,
	survey: Countable,
	instants: Instants,
	isListed: (answer: Response) => boolean,
	{ after, limit }: { after: Place | null; limit: number },
): Promise<AnswerPage> => {
	const answers: Response[] = [];
	let place = after;
	let batch = 2 * limit;
	for (let lookedAt = 0; lookedAt < mostLookedAt; batch = Math.min(2_000, 4 * batch)) {
		const rows = await db.models.responses
			.find(filterOf(survey, instants, place))
			.sort({ answeredAt: -1, _id: -1 })
			.limit(batch)
			.lean<ResponseRow[]>();
		for (const row of rows) {
			const answer = toResponse(row);
			if (!isListed(answer)) continue;
			if (answers.length === limit) {
				const last = answers[limit - 1]!;
				return { answers, next: { answeredAt: last.answeredAt, id: last.id }, isCut: false };
			}
			answers.push(answer);
		}
		const last = rows.at(-1);
		if (rows.length < batch || !last) return { answers, next: null, isCut: false };
		place = { answeredAt: last.answeredAt, id: last._id.toHexString() };
		lookedAt += rows.length;
	}
	return { answers, next: place, isCut: true };
};

/** All answers of a time, newest first, one batch in memory. */
export async function* batches(
	db: Database,
	survey: Countable,
	instants: Instants,
	size = 500,
): AsyncGenerator<Response[]> {
	let place: Place | null = null;
	for (;;) {
		const rows: ResponseRow[] = await db.models.responses
			.find(filterOf(survey, instants, place))
			.sort({ answeredAt: -1, _id: -1 })
			.limit(size)
			.lean<ResponseRow[]>();
		if (rows.length) yield rows.map(toResponse);
		const last = rows.at(-1);
		if (rows.length < size || !last) return;
		place = { answeredAt: last.answeredAt, id: last._id.toHexString() };
	}
}
