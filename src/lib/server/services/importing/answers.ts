// Takes past answers from a file, a batch at a time, so that a batch done twice is done once.
import { merge } from '#lib/domain/contact/merge.ts';
import { Conflict } from '#lib/domain/errors.ts';
import type { CsvRow } from '#lib/domain/import/csv.ts';
import type { AnswersPlan, Import } from '#lib/domain/import/import.ts';
import type { Reason } from '#lib/domain/import/reasons.ts';
import { answerRows, type ImportedAnswer } from '#lib/domain/import/rows.ts';
import { isAnonymous, keptOf } from '#lib/domain/response/anonymous.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Context } from '../../context.ts';
import * as contactImports from '../../db/contact-imports.ts';
import type { Known } from '../../db/contact-imports.ts';
import * as importedAnswers from '../../db/imported-answers.ts';
import * as staleDays from '../../db/stale-days.ts';
import * as surveys from '../../db/surveys.ts';
import { takePeople, untouchable, type Coming } from './people.ts';
import { outcomeOf, type Outcome, type Taker } from './taker.ts';

type Row = { row: CsvRow; key: string; answer: ImportedAnswer };

/** Whose answers these are, each person once: what their rows say together, and when they were asked last. */
const peopleOf = (rows: readonly Row[]): Coming[] => {
	const people = new Map<string, Coming>();
	for (const { answer } of rows) {
		const { person, askedAt, answeredAt } = answer;
		if (!person) continue;
		const asked = askedAt ?? answeredAt;
		const known = people.get(person.address);
		const latest = known?.askedAt && known.askedAt > asked ? known.askedAt : asked;
		people.set(person.address, {
			...person,
			...(known && merge(known, person, 'fill')),
			askedAt: latest,
		});
	}
	return [...people.values()];
};

/** What the file does not say: the language of answers without one, and the workspace's zone. */
type Home = { language: Language; timeZone: string };

/** Takes the rows of a file of answers. */
export const answersTaker = (ctx: Context, given: Import, { language, timeZone }: Home): Taker => {
	const plan = given.plan as AnswersPlan;
	const { workspaceId, id: importId, fileHash } = given;
	const { surveyId } = plan;
	const readRow = answerRows(given.header, plan, ctx.clock());
	const keyPrefix = `import:${fileHash}:`;

	const sameId = (key: string | null): Reason =>
		key?.startsWith(keyPrefix) ? { is: 'repeated-id', line: Number(key.slice(keyPrefix.length)) } : { is: 'known-id' };

	const toAdd = ({ key, answer }: Row, people: Map<string, Known>): importedAnswers.AnswerToAdd => {
		const known = answer.person && people.get(answer.person.address);
		const whole = {
			submissionKey: key,
			score: answer.score,
			comment: answer.comment,
			language: answer.language ?? known?.language ?? language,
			properties: answer.properties,
			contactId: known?.id ?? null,
			externalId: answer.externalId,
			askedAt: answer.askedAt,
			answeredAt: answer.answeredAt,
		};
		return isAnonymous(plan.scale) ? keptOf(whole, timeZone) : whole;
	};

	const add = async (answers: importedAnswers.AnswerToAdd[]) => {
		if (!answers.length) return;
		const days = answers.map(({ answeredAt }) => answeredAt);
		const mark = () => staleDays.mark(ctx.db, workspaceId, surveyId, days, ctx.clock());
		await mark();
		await importedAnswers.add(ctx.db, workspaceId, surveyId, importId, answers, ctx.clock());
		await mark();
		await surveys.bumpRevision(ctx.db, workspaceId, surveyId);
	};

	const readAll = (rows: readonly CsvRow[]) => {
		const reasons = new Map<number, Reason>();
		const remarks = new Map<number, Reason>();
		const readable: Row[] = [];
		for (const row of rows) {
			const reading = readRow(row);
			if ('reason' in reading) reasons.set(row.line, reading.reason);
			else readable.push({ row, key: keyPrefix + row.line, answer: reading.content });
			if ('remark' in reading && reading.remark !== null) remarks.set(row.line, reading.remark);
		}
		return { rows, reasons, remarks, readable };
	};

	const settle = (
		{ rows, reasons, remarks }: ReturnType<typeof readAll>,
		fateOf: (key: string) => 'added' | 'unchanged',
	): Outcome =>
		outcomeOf(
			rows.map((row) => ({
				row,
				reason: reasons.get(row.line) ?? null,
				remark: remarks.get(row.line) ?? null,
				fateOf: () => fateOf(keyPrefix + row.line),
			})),
		);

	/** Rows of these that are not answers yet, by where the file has them and by their ids; the others get their reason. */
	const freshOf = async ({ reasons, readable }: ReturnType<typeof readAll>, idsAbove: ReadonlyMap<string, string>) => {
		const keys = readable.map(({ key }) => key);
		const ids = readable.flatMap(({ answer }) => answer.externalId ?? []);
		const here = await importedAnswers.byKeys(ctx.db, workspaceId, surveyId, keys);
		const idsHere = await importedAnswers.byExternalIds(ctx.db, workspaceId, surveyId, ids);
		const fresh = readable.filter(({ row, key, answer: { externalId } }) => {
			if (here.has(key) || reasons.has(row.line)) return false;
			// Its own id there: another import of the same file has added it in this moment, as the next look shows.
			if (externalId === null) return true;
			const holder = idsHere.has(externalId) ? idsHere.get(externalId)! : idsAbove.get(externalId);
			if (holder === key) return true;
			if (holder === undefined) idsHere.set(externalId, key);
			else reasons.set(row.line, sameId(holder));
			return holder === undefined;
		});
		return { here, fresh };
	};

	const isTouchable =
		(reasons: Map<number, Reason>, people: ReadonlyMap<string, Known>) =>
		({ row, answer: { person } }: Row): boolean => {
			const known = person && people.get(person.address);
			const reason = known ? untouchable(known) : null;
			if (reason !== null) reasons.set(row.line, reason);
			return reason === null;
		};

	/** Ids of rows that were foreseen, and which rows. */
	const idsForeseen = new Map<string, string>();
	const nothingAbove: ReadonlyMap<string, string> = new Map();

	return {
		pass() {},
		async take(rows) {
			const all = readAll(rows);
			for (let attempt = 1; ; attempt++) {
				const { here, fresh } = await freshOf(all, nothingAbove);
				if (!fresh.length) return settle(all, (key) => (here.get(key) === importId ? 'added' : 'unchanged'));
				if (attempt === 5) throw new Conflict('The same answers are being added from elsewhere all the time');
				const people = await takePeople(ctx, { workspaceId, importId }, peopleOf(fresh), 'fill');
				const addable = fresh.filter(isTouchable(all.reasons, people));
				await add(addable.map((each) => toAdd(each, people)));
			}
		},
		async foresee(rows) {
			const all = readAll(rows);
			const { here, fresh } = await freshOf(all, idsForeseen);
			const addresses = peopleOf(fresh).map(({ address }) => address);
			const known = await contactImports.known(ctx.db, workspaceId, addresses);
			const people = new Map(known.map((each) => [each.address, each]));
			for (const { key, answer } of fresh.filter(isTouchable(all.reasons, people)))
				if (answer.externalId !== null) idsForeseen.set(Buffer.from(answer.externalId).toString(), key);
			return settle(all, (key) => (here.has(key) ? 'unchanged' : 'added'));
		},
	};
};
