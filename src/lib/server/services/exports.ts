// Exports of a survey's answers and people as CSV: streamed, a batch in memory, narrowed by the filters in the address.
import { Conflict } from '#lib/domain/errors.ts';
import { byteOrderMark, csvRecord } from '#lib/domain/report/csv.ts';
import { answerColumns, personColumns } from '#lib/domain/report/export-columns.ts';
import { searchRange } from '#lib/domain/report/filters.ts';
import { lists } from '#lib/domain/report/matching.ts';
import { isAnonymous } from '#lib/domain/response/anonymous.ts';
import type { Response } from '#lib/domain/response/response.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { wordingFor } from '#lib/domain/survey/wording.ts';
import { parseLanguage } from '#lib/domain/survey/language.ts';
import { bucketOf, isScore, scaleOf } from '#lib/domain/survey/metric.ts';
import type { Range } from '#lib/domain/time/day.ts';
import { dayOf, isoIn } from '#lib/domain/time/zone.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import { standardTexts } from '#lib/messages/standard.ts';
import type { Context } from '../context.ts';
import * as answerLists from '../db/answer-lists.ts';
import type { Countable } from '../db/day-counts.ts';
import * as people from '../db/people.ts';
import * as surveyRows from '../db/surveys.ts';
import * as tallies from '../db/tallies.ts';
import * as anonymous from './anonymous-answers.ts';
import { instantsOf, knownOf } from './answers.ts';
import { countable } from './recounts.ts';
import { questionColumns } from './question-columns.ts';
import * as reports from './reports.ts';

type Export = { fileName: string; lines: AsyncGenerator<string> };

/** A survey's name as a file can have it everywhere: "Wie war's?" → wie-war-s; one without such letters is "survey". */
export const fileNameOf = (name: string): string =>
	name
		.normalize('NFKD')
		.replace(/[^A-Za-z0-9]+/g, '-')
		.replace(/^-|-$/g, '')
		.toLowerCase() || 'survey';

/** What both exports begin with. Throws NotFound, and Conflict for a sample. */
const begin = async (ctx: Context, scope: Scope, workspace: Workspace, surveyId: string, query: URLSearchParams) => {
	const { survey, scale, filters } = await reports.open(ctx, scope, surveyId, query);
	if (survey.isSample) throw new Conflict(t.report_no_sample_export());
	const basis = await reports.basisOf(ctx, countable(survey), workspace.timeZone);
	const { timeZone } = basis;
	const now = ctx.clock();
	const today = dayOf(now, timeZone);
	const range = searchRange(filters, today);
	return {
		survey,
		basis,
		filters,
		counted: countable(survey),
		scale,
		range,
		timeZone,
		instants: instantsOf(range, timeZone),
		isListed: lists(filters, scale),
		fileName: (kind: string) => `${fileNameOf(survey.name)}-${kind}-${today}.csv`,
	};
};

/** Properties of all answers of a time. Where tallies do not hold them all, the answers are read once more for them. */
const propertyKeys = async (
	ctx: Context,
	survey: Countable,
	{ range, timeZone, instants }: { range: Range; timeZone: string; instants: answerLists.Instants },
): Promise<string[]> => {
	const place = { ...(await reports.basisOf(ctx, survey, timeZone)), range };
	if (place.isComplete) {
		const { keys, hasMoreKeys } = await tallies.between(ctx.db, survey, place, ['all']);
		if (!hasMoreKeys) return keys;
	}
	const keys = new Set<string>();
	for await (const batch of answerLists.batches(ctx.db, survey, instants))
		for (const { properties } of batch) for (const { key } of properties) keys.add(key);
	return [...keys].sort();
};

/** Keys as headings; one that is a column of ours already says that it is a property. */
const headings = (keys: readonly string[], ours: readonly string[]) =>
	keys.map((key) => (ours.includes(key) ? `${key} (property)` : key));

/** The answers that an address lists, as CSV: every version, every property, one batch in memory. */
export const answers = async (
	ctx: Context,
	scope: Scope,
	workspace: Workspace,
	surveyId: string,
	query: URLSearchParams,
): Promise<Export> => {
	const given = await begin(ctx, scope, workspace, surveyId, query);
	const { counted, scale, timeZone, isListed } = given;
	if (isAnonymous(scale))
		return { fileName: given.fileName('comments'), lines: anonymous.lines(ctx, given.basis, scale, given.filters) };
	const keys = await propertyKeys(ctx, counted, given);
	const versions = await surveyRows.versions(ctx.db, scope.workspaceId, surveyId);
	const definitions = new Map(versions.map(({ version, definition }) => [version, definition]));
	const followUpOf = followUps(definitions, workspace.name);
	const questions = questionColumns(versions);
	const iso = (at: Date | null) => at && isoIn(at, timeZone);

	async function* lines() {
		yield byteOrderMark + csvRecord([...answerColumns, ...headings(keys, answerColumns), ...questions.headings]);
		for await (const batch of answerLists.batches(ctx.db, counted, given.instants)) {
			const listed = batch.filter(isListed);
			const contacts = await people.byIds(ctx.db, scope.workspaceId, knownOf(listed));
			let text = '';
			for (const answer of listed) {
				const contact = contacts.get(answer.contactId ?? '');
				const properties = new Map(answer.properties.map(({ key, value }) => [key, value]));
				text += csvRecord([
					answer.score,
					isScore(scale, answer.score) ? bucketOf(scale, answer.score) : null,
					answer.comment,
					answer.channel === 'import' ? null : followUpOf(answer),
					answer.language,
					answer.channel,
					iso(answer.askedAt),
					iso(answer.answeredAt),
					answer.version,
					contact?.email ?? null,
					contact?.name ?? null,
					answer.mayContact === null ? null : answer.mayContact ? 'yes' : 'no',
					answer.contactEmail,
					answer.externalId ?? answer.id,
					...keys.map((key) => properties.get(key) ?? null),
					...questions.cellsOf(answer),
				]);
			}
			if (text) yield text;
		}
	}
	return { fileName: given.fileName('answers'), lines: lines() };
};

/** The question that stood above the comment: in the answer's version and language, for its bucket. */
const followUps = (definitions: ReadonlyMap<number, Definition>, company: string) => {
	const known = new Map<string, string | null>();
	return ({ version, language, score }: Response): string | null => {
		const definition = definitions.get(version);
		if (!definition || !isScore(scaleOf(definition), score)) return null;
		const spoken = parseLanguage(language) ?? definition.language;
		const bucket = bucketOf(scaleOf(definition), score);
		const key = `${version} ${spoken} ${bucket}`;
		if (!known.has(key)) {
			const wording = wordingFor(definition, spoken, standardTexts(definition, spoken, company));
			known.set(key, wording.followUps[bucket]?.text ?? null);
		}
		return known.get(key)!;
	};
};

/** The people whose answers an address lists, as CSV, each once, with their newest answer among these. */
export const peopleWho = async (
	ctx: Context,
	scope: Scope,
	workspace: Workspace,
	surveyId: string,
	query: URLSearchParams,
): Promise<Export> => {
	const given = await begin(ctx, scope, workspace, surveyId, query);
	const { counted, timeZone, instants, isListed } = given;
	if (isAnonymous(given.scale)) anonymous.refusePeople();
	const isInTime = ({ answeredAt }: Response) =>
		instants === null || (instants.from <= answeredAt && answeredAt < instants.until);
	const isNewer = (a: Response, b: Response) =>
		a.answeredAt.getTime() - b.answeredAt.getTime() || (a.id > b.id ? 1 : -1);

	/** Of these answers those that are their person's newest listed one, by asking for all that the person gave. */
	const newest = async (listed: Response[]): Promise<Response[]> => {
		const theirs = await people.answersOf(ctx.db, scope.workspaceId, [...new Set(knownOf(listed))]);
		const last = new Map<string, Response>();
		for (const answer of theirs) {
			if (answer.surveyId !== surveyId || answer.kind !== counted.kind || !isInTime(answer) || !isListed(answer))
				continue;
			const other = last.get(answer.contactId!);
			if (!other || isNewer(answer, other) > 0) last.set(answer.contactId!, answer);
		}
		return listed.filter(({ id, contactId }) => contactId !== null && last.get(contactId)?.id === id);
	};

	/** People's properties are those of today, and few: they are gathered in a first pass over people, not answers. */
	const keysOf = async () => {
		const keys = new Set<string>();
		for await (const batch of answerLists.batches(ctx.db, counted, instants))
			for (const { properties } of (
				await people.byIds(ctx.db, scope.workspaceId, knownOf(batch.filter(isListed)))
			).values())
				for (const { key } of properties) keys.add(key);
		return [...keys].sort();
	};

	async function* lines() {
		const keys = await keysOf();
		yield byteOrderMark + csvRecord([...personColumns, ...headings(keys, personColumns)]);
		for await (const batch of answerLists.batches(ctx.db, counted, instants)) {
			const answers = await newest(batch.filter(isListed));
			const contacts = await people.byIds(ctx.db, scope.workspaceId, knownOf(answers));
			let text = '';
			for (const { contactId, score, answeredAt } of answers) {
				const contact = contacts.get(contactId!);
				if (!contact) continue;
				const properties = new Map(contact.properties.map(({ key, value }) => [key, value]));
				text += csvRecord([
					contact.email,
					contact.name,
					contact.language,
					score,
					isoIn(answeredAt, timeZone),
					contact.unsubscribedAt && isoIn(contact.unsubscribedAt, timeZone),
					...keys.map((key) => properties.get(key) ?? null),
				]);
			}
			if (text) yield text;
		}
	}
	return { fileName: given.fileName('people'), lines: lines() };
};
