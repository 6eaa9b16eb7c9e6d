import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakdownBy, type Breakdown } from '#lib/domain/report/tally.ts';
import { countsOf, responseRate } from '#lib/domain/report/report.ts';
import { noFilters } from '#lib/domain/report/filters.ts';
import type { Channel } from '#lib/domain/response/response.ts';
import { addDays } from '#lib/domain/time/day.ts';
import { dayOf } from '#lib/domain/time/zone.ts';
import * as database from '#lib/server/db/database.ts';
import type { Countable } from '#lib/server/db/day-counts.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import * as staleDays from '#lib/server/db/stale-days.ts';
import * as tallies from '#lib/server/db/tallies.ts';
import * as tallyBooks from '#lib/server/db/tally-books.ts';
import { freshDatabase, type FreshDatabase } from '#test/support/database.ts';

let engine: FreshDatabase;
let db: database.Database;
/** The test's own hands on the rows. */
let calm: database.Database;
beforeAll(async () => {
	engine = await freshDatabase();
	db = await database.open(engine.uri, { kind: 'embedded' });
	calm = await database.open(engine.calmUri, { kind: 'embedded' });
});
afterAll(async () => {
	await database.close(calm);
	await database.close(db);
	await engine.stop();
});

const range = { from: '2024-03-25', until: '2024-04-10' };
const newSurvey = (): Countable => ({
	workspaceId: new ObjectId().toHexString(),
	surveyId: new ObjectId().toHexString(),
	kind: 'real',
});

type Answer = { score: number; at: Date; channel: Channel; language: string; plan: string | null };
const rowOf = ({ workspaceId, surveyId }: Countable, answer: Answer, kind = 'real') => ({
	_id: new ObjectId(),
	workspaceId: new ObjectId(workspaceId),
	surveyId: new ObjectId(surveyId),
	version: 1,
	kind,
	channel: answer.channel,
	score: answer.score,
	language: answer.language,
	properties: answer.plan === null ? [] : [{ key: 'plan', value: answer.plan }],
	answeredAt: answer.at,
	updatedAt: answer.at,
});

/** Writes as every writer does: marks, writes, marks. */
const writing = async (survey: Countable, instants: Date[], now: Date, write: () => Promise<unknown>) => {
	await staleDays.mark(db, survey.workspaceId, survey.surveyId, instants, now);
	await write();
	await staleDays.mark(db, survey.workspaceId, survey.surveyId, instants, now);
};

const read = async (survey: Countable, timeZone: string, breakdowns: Breakdown[] = ['all']) => {
	const book = await tallyBooks.read(db, survey.workspaceId, survey.surveyId);
	const isComplete = book.timeZone === timeZone;
	return tallies.between(db, survey, { range, timeZone, isComplete }, breakdowns);
};

/** The same numbers the slow way: every answer looked at, nothing of ours in between but the day. */
const recount = async (survey: Countable, timeZone: string) => {
	const rows = await calm.models.responses
		.find({ workspaceId: new ObjectId(survey.workspaceId), surveyId: new ObjectId(survey.surveyId) })
		.lean();
	const byDay: Record<string, number[]> = {};
	const byPlan: Record<string, number> = {};
	for (const { answeredAt, score, kind, deletedAt, properties } of rows) {
		if (kind !== survey.kind || deletedAt) continue;
		const day = dayOf(answeredAt, timeZone);
		if (day < range.from || day >= range.until) continue;
		(byDay[day] ??= Array(11).fill(0))[score]! += 1;
		for (const { value } of properties) byPlan[value] = (byPlan[value] ?? 0) + 1;
	}
	return { byDay, byPlan };
};

const asRead = async (survey: Countable, timeZone: string) => {
	const { days } = await read(survey, timeZone, ['all', breakdownBy('plan')]);
	const byDay: Record<string, number[]> = {};
	for (const { day, cells } of days.get('all')!) {
		const counts = countsOf([{ day, cells }], noFilters);
		if (counts.some((count) => count > 0)) byDay[day] = Array.from({ length: 11 }, (_, score) => counts[score] ?? 0);
	}
	const byPlan: Record<string, number> = {};
	for (const { cells } of days.get(breakdownBy('plan'))!)
		for (const { value, counts } of cells)
			for (const count of counts) if (count) byPlan[value] = (byPlan[value] ?? 0) + count;
	return { byDay, byPlan };
};

const zones = ['UTC', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const answer = fc.record<Answer>({
	score: fc.integer({ min: 0, max: 10 }),
	// Across Lord Howe's change of clock on 2024-04-07.
	at: fc.date({ min: new Date('2024-03-27T00:00:00Z'), max: new Date('2024-04-08T00:00:00Z'), noInvalidDate: true }),
	channel: fc.constantFrom('email', 'link', 'embed', 'import'),
	language: fc.constantFrom('en', 'si'),
	plan: fc.constantFrom('pro', 'free', null),
});
type Step =
	| { do: 'answer'; answers: Answer[] }
	| { do: 'edit' | 'delete' | 'undo'; which: number; score: number }
	| { do: 'crash'; answer: Answer }
	| { do: 'move'; zone: string }
	| { do: 'recount' | 'build' | 'wait' };
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('answer' as const),
			answers: fc.array(answer, { minLength: 1, maxLength: 5 }),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constantFrom('edit' as const, 'delete' as const, 'undo' as const),
			which: fc.nat(20),
			score: fc.integer({ min: 0, max: 10 }),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), answer }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), zone: fc.constantFrom(...zones) }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constantFrom('recount' as const, 'build' as const, 'wait' as const) }) },
);

describe('tallies with stale days counted anew', () => {
	it('equal a plain count after any answers, edits, deletions, undos and crashes, from writers at once', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), async (rounds) => {
				const survey = newSurvey();
				const ids: { id: InstanceType<typeof ObjectId>; at: Date }[] = [];
				let now = new Date('2024-04-09T00:00:00Z');
				let zone = 'UTC';
				const take = async (step: Step): Promise<void> => {
					switch (step.do) {
						case 'answer': {
							const rows = step.answers.map((given) => rowOf(survey, given));
							const instants = rows.map(({ answeredAt }) => answeredAt);
							await writing(survey, instants, now, () => calm.models.responses.insertMany(rows));
							ids.push(...rows.map(({ _id, answeredAt }) => ({ id: _id, at: answeredAt })));
							return;
						}
						case 'edit':
						case 'delete':
						case 'undo': {
							const one = ids[step.which % Math.max(1, ids.length)];
							if (!one) return;
							const change =
								step.do === 'edit' ? { score: step.score } : { deletedAt: step.do === 'delete' ? now : null };
							await writing(survey, [one.at], now, () =>
								calm.models.responses.updateOne(
									{ workspaceId: new ObjectId(survey.workspaceId), _id: one.id },
									{ $set: change },
								),
							);
							return;
						}
						case 'crash': {
							// The writer dies before its second mark.
							const row = rowOf(survey, step.answer);
							await staleDays.mark(db, survey.workspaceId, survey.surveyId, [row.answeredAt], now);
							await calm.models.responses.insertMany([row]);
							return;
						}
						case 'move':
							zone = step.zone;
							return;
						case 'recount': {
							const settled = await staleDays.settled(db, new Date(now.getTime() - staleDays.settleMs), 1000);
							const mine = settled.find(({ surveyId }) => surveyId === survey.surveyId);
							if (mine) await tallies.recountMarked(db, survey, mine.marks);
							return;
						}
						case 'build':
							return tallies.build(db, survey, zone);
						case 'wait':
							now = new Date(now.getTime() + staleDays.settleMs + 1);
					}
				};
				for (const round of rounds) {
					await Promise.all(round.map(take));
					expect(await asRead(survey, zone)).toEqual(await recount(survey, zone));
				}
				// And once more when all is settled and nothing is counted on the spot.
				now = new Date(now.getTime() + staleDays.settleMs + 1);
				await tallies.build(db, survey, zone);
				const marks = () => staleDays.ofSurvey(db, survey.workspaceId, survey.surveyId);
				// A count that a fault kept from being stored leaves its marks for the next.
				for (let times = 0; times < 5 && (times === 0 || (await marks()).length); times++)
					await take({ do: 'recount' });
				expect(await marks()).toEqual([]);
				expect(await asRead(survey, zone)).toEqual(await recount(survey, zone));
			}),
			{ numRuns: 40 },
		);
	}, 120_000);

	it('never let an older count write over a newer one', async () => {
		const survey = newSurvey();
		const at = new Date('2024-04-01T12:00:00Z');
		const now = new Date('2024-04-02T00:00:00Z');
		const one: Answer = { score: 9, at, channel: 'link', language: 'en', plan: null };
		await writing(survey, [at], now, () => calm.models.responses.insertMany([rowOf(survey, one)]));
		await tallies.build(db, survey, 'UTC');
		const ticket = await tallyBooks.takeTicket(db, survey.workspaceId, survey.surveyId);
		const marks = await staleDays.ofSurvey(db, survey.workspaceId, survey.surveyId);
		// A newer count than the one that the next recount will hold has stored the day already.
		await calm.models.tallies.updateMany(
			{ workspaceId: new ObjectId(survey.workspaceId) },
			{ $set: { ticket: ticket + 10 } },
		);
		await tallies.recountMarked(db, survey, marks);
		expect(await staleDays.ofSurvey(db, survey.workspaceId, survey.surveyId)).toEqual(marks);
	});

	it('leave a day stale that was marked again while it was counted', async () => {
		const survey = newSurvey();
		const at = new Date('2024-04-01T12:00:00Z');
		const now = new Date('2024-04-02T00:00:00Z');
		const one: Answer = { score: 9, at, channel: 'link', language: 'en', plan: null };
		await writing(survey, [at], now, () => calm.models.responses.insertMany([rowOf(survey, one)]));
		await tallies.build(db, survey, 'UTC');
		const marks = await staleDays.ofSurvey(db, survey.workspaceId, survey.surveyId);
		await staleDays.mark(db, survey.workspaceId, survey.surveyId, [at], now);
		await tallies.recountMarked(db, survey, marks);
		const left = await staleDays.ofSurvey(db, survey.workspaceId, survey.surveyId);
		expect(left.map(({ day }) => day)).toEqual(['2024-04-01']);
		expect(left).not.toEqual(marks);
	});

	it('forget a day whose last answer was deleted', async () => {
		const survey = newSurvey();
		const at = new Date('2024-04-01T12:00:00Z');
		let now = new Date('2024-04-02T00:00:00Z');
		const row = rowOf(survey, { score: 9, at, channel: 'link', language: 'en', plan: 'pro' });
		const settle = async () => {
			now = new Date(now.getTime() + staleDays.settleMs + 1);
			await tallies.recountMarked(db, survey, await staleDays.ofSurvey(db, survey.workspaceId, survey.surveyId));
		};
		await writing(survey, [at], now, () => calm.models.responses.insertMany([row]));
		await tallies.build(db, survey, 'UTC');
		await settle();
		expect((await asRead(survey, 'UTC')).byPlan).toEqual({ pro: 1 });
		await writing(survey, [at], now, () =>
			calm.models.responses.deleteOne({ workspaceId: row.workspaceId, _id: row._id }),
		);
		await settle();
		expect(await asRead(survey, 'UTC')).toEqual({ byDay: {}, byPlan: {} });
	});

	it('follow a change that is recounted while another zone is being built', async () => {
		const survey = newSurvey();
		const at = new Date('2024-04-01T12:00:00Z');
		const now = new Date('2024-04-02T00:00:00Z');
		const one: Answer = { score: 9, at, channel: 'link', language: 'en', plan: null };
		await calm.models.responses.insertMany([rowOf(survey, one)]);
		await tallies.build(db, survey, 'UTC');
		await tallies.build(db, survey, 'Asia/Kathmandu');
		// Building UTC again has begun and has counted this day; then an answer comes in and its day is recounted.
		await tallyBooks.startBuilding(db, survey.workspaceId, survey.surveyId, 'UTC');
		await writing(survey, [at], now, () => calm.models.responses.insertMany([rowOf(survey, one)]));
		await tallies.recountMarked(db, survey, await staleDays.ofSurvey(db, survey.workspaceId, survey.surveyId));
		await tallyBooks.finishBuilding(db, survey.workspaceId, survey.surveyId, 'UTC');
		expect((await read(survey, 'UTC')).days.get('all')!.map(({ cells }) => cells[0]!.counts[9])).toEqual([2]);
	});

	it('count only the kind that the survey counts, and nothing deleted', async () => {
		const survey = newSurvey();
		const at = new Date('2024-04-01T12:00:00Z');
		const one: Answer = { score: 9, at, channel: 'link', language: 'en', plan: null };
		const kinds = ['real', 'test', 'preview', 'sample'];
		const deleted = { ...rowOf(survey, one), deletedAt: at };
		await calm.models.responses.insertMany([...kinds.map((kind) => rowOf(survey, one, kind)), deleted]);
		for (const kind of ['real', 'sample'] as const) {
			const { days } = await read({ ...survey, kind }, 'UTC');
			expect(countsOf(days.get('all')!, noFilters)[9]).toBe(1);
		}
	});

	it('do not keep a property that is different in every answer, and say so', async () => {
		const survey = newSurvey();
		const at = new Date('2024-04-01T12:00:00Z');
		const rows = Array.from({ length: 250 }, (_, index) =>
			rowOf(survey, { score: 9, at, channel: 'import', language: 'en', plan: `order ${index}` }),
		);
		await calm.models.responses.insertMany(rows);
		await tallies.build(db, survey, 'UTC');
		const { days } = await read(survey, 'UTC', ['all', breakdownBy('plan')]);
		expect(days.get(breakdownBy('plan'))).toBeNull();
		expect(countsOf(days.get('all')!, noFilters)[9]).toBe(250);
	});

	it('keep who was asked by the day they were asked, with who of them answered', async () => {
		const survey = newSurvey();
		const common = {
			workspaceId: new ObjectId(survey.workspaceId),
			surveyId: new ObjectId(survey.surveyId),
			version: 1,
			address: 'a@customer.test',
			language: 'en',
			createdAt: new Date('2024-03-31T00:00:00Z'),
			dueAt: new Date('2024-03-31T00:00:00Z'),
		};
		const sentAt = new Date('2024-04-01T10:00:00Z');
		const answeredAt = new Date('2024-06-01T10:00:00Z');
		const sent = { ...common, status: 'sent', sentAt };
		await calm.models.invitations.insertMany([
			{ ...sent, sendingId: new ObjectId(), contactId: new ObjectId(), answeredAt },
			{ ...sent, sendingId: new ObjectId(), contactId: new ObjectId() },
			{ ...sent, isTest: true, answeredAt },
			{ ...common, status: 'refused', sendingId: new ObjectId(), contactId: new ObjectId() },
		] as never);
		await tallies.build(db, survey, 'UTC');
		const { days } = await read(survey, 'UTC');
		expect(responseRate(days.get('all')!, noFilters)).toEqual({ accepted: 2, answered: 1, rate: 0.5 });
		expect(days.get('all')!.map(({ day }) => day)).toEqual([addDays('2024-03-31', 1)]);
	});
});
