// import-answers: past answers from a CSV, by all of the page's rules, its columns named as in the file.
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Invalid } from '../lib/domain/errors.ts';
import { answerRoles, guessAnswerRoles, keysOf, type AnswerField } from '../lib/domain/import/columns.ts';
import { dateFormats, type DateFormat } from '../lib/domain/import/dates.ts';
import type { Import } from '../lib/domain/import/import.ts';
import { metrics } from '../lib/domain/survey/metric.ts';
import { timeZoneSchema } from '../lib/domain/workspace/fields.ts';
import type { Scope } from '../lib/domain/workspace/workspace.ts';
import { problemText, rowText } from '../lib/messages/rows.ts';
import * as memberships from '../lib/server/db/memberships.ts';
import * as imports from '../lib/server/services/imports.ts';
import * as importRuns from '../lib/server/services/importing/run.ts';
import * as surveys from '../lib/server/services/surveys.ts';
import { BadCall, required, type Arguments, type DataCommand } from './command.ts';
import { workspaceOf } from './data.ts';

/** The options that name a column, and what it is. */
const columnOptions: Record<string, AnswerField> = {
	score: 'score',
	date: 'date',
	'asked-at': 'askedAt',
	id: 'id',
	comment: 'comment',
	email: 'email',
	name: 'name',
	language: 'language',
};

const otherOptions = ['survey', 'new', 'metric', 'points', 'time-zone', 'date-format', 'workspace'];

/** The file to import, once everything that can be wrong with the call itself is right. Throws BadCall. */
const checked = ({ words, options }: Pick<Arguments, 'words' | 'options'>): string => {
	const [path] = words;
	if (!path) throw new BadCall('Name the file to import');
	if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new BadCall(`There is no file ${path}`);
	const unknown = Object.keys(options).find((name) => !(name in columnOptions) && !otherOptions.includes(name));
	if (unknown) throw new BadCall(`There is no option --${unknown}`);
	for (const name of ['score', 'date']) required(options, name);
	if (!options.survey && !options.new)
		throw new BadCall('Say where the answers go: --survey NAME, or --new NAME --metric csat');
	if (!options.survey && !metrics.some((metric) => metric === options.metric))
		throw new BadCall(`Choose the scale of the scores: --metric ${metrics.join(', ')}`);
	const zone = options['time-zone'];
	if (zone !== undefined && !timeZoneSchema.safeParse(zone).success)
		throw new BadCall(`There is no time zone "${zone}"; it is written as in Asia/Colombo`);
	return path;
};

/** Columns by place: those that are named are what they are named; others are properties as on the page. */
const columnsFrom = ({ header, profiles }: Import, options: Arguments['options']): Record<string, string> => {
	const keys = keysOf(header);
	const columns = guessAnswerRoles(header, profiles).map((role) => (role === 'property' ? role : 'skip') as string);
	for (const [option, role] of Object.entries(columnOptions)) {
		const name = options[option];
		if (!name) continue;
		const index = keys.indexOf(name);
		if (index < 0) throw new BadCall(`There is no column "${name}" (--${option}). The file has: ${keys.join(', ')}`);
		columns[index] = answerRoles.find((each) => each === role)!;
	}
	return Object.fromEntries(columns.entries());
};

const dateFormatFrom = (given: string | undefined): DateFormat | 'auto' => {
	const format = dateFormats.find((each) => each === given);
	if (given && !format) throw new BadCall(`--date-format is one of ${dateFormats.join(', ')}`);
	return format ?? 'auto';
};

const written = (count: number) => count.toLocaleString('en');

export const importAnswersCommand: DataCommand = {
	kind: 'data',
	usage:
		'FILE (--survey ID|NAME | --new NAME --metric nps|csat|… [--points N]) --score COL --date COL [--asked-at COL --id COL --comment COL --email COL --name COL --language COL] [--time-zone ZONE] [--date-format FORMAT] [--workspace SLUG]',
	summary: 'imports past answers from a CSV file; undo it on the page "Imports"',
	async run({ ctx, words, options, say }) {
		const path = checked({ words, options });
		const dateFormat = dateFormatFrom(options['date-format']);
		const workspace = await workspaceOf(ctx, { options });
		const owner = (await memberships.ofWorkspace(ctx.db, workspace.id)).find(({ role }) => role === 'owner');
		if (!owner) throw new BadCall(`${workspace.name} has no owner`);
		const scope: Scope = { workspaceId: workspace.id, userId: owner.userId, role: 'owner' };
		const named = (await surveys.list(ctx, scope)).find(
			({ id, name, isSample }) => !isSample && (id === options.survey || name === options.survey),
		);
		if (options.survey && !named) throw new BadCall(`There is no survey "${options.survey}" here`);

		const fileName = basename(path);
		const given = await imports.upload(ctx, scope, { kind: 'answers', fileName, bytes: createReadStream(path) });
		try {
			const form = imports.answersFormSchema.safeParse({
				columns: columnsFrom(given, options),
				survey: named?.id ?? 'new',
				name: options.new,
				metric: options.metric,
				points: options.points,
				timeZone: options['time-zone'] ?? workspace.timeZone,
				dateFormat,
			});
			if (!form.success)
				throw new BadCall(form.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('\n'));
			await imports.startAnswers(ctx, scope, workspace, given.id, form.data);
		} catch (error) {
			await imports.discard(ctx, scope, given.id);
			if (error instanceof Invalid && error.fields.dateFormat)
				throw new BadCall(`${error.message.replace(/\.$/, '')}: --date-format day-first or month-first`);
			throw error;
		}
		let shown = 0;
		const onProgress = ({ nextRow, rowCount }: Import) => {
			if (nextRow - shown < rowCount / 10 && nextRow < rowCount) return;
			shown = nextRow;
			say(`${written(nextRow)} of ${written(rowCount)} rows`);
		};
		// A running server may take it up first; then this waits for it.
		let state = await imports.byId(ctx, scope, given.id);
		for (; state.status === 'running'; state = await imports.byId(ctx, scope, given.id)) {
			await importRuns.run(ctx, { workspaceId: workspace.id, importId: given.id }, { onProgress });
			await setTimeout(200);
		}
		const { counts, problem } = state;
		if (problem) throw new Error(problemText(problem));
		const [added, unchanged, refused] = [counts.added, counts.unchanged, counts.refused].map(written);
		say(`${added} added, ${unchanged} were here already, ${refused} refused.`);
		const { refusals, hasMore } = await imports.refusals(ctx, scope, given.id, { after: 0, isTaken: false }, 20);
		for (const { line, reason } of refusals) say(`line ${line}: ${rowText(reason)}`);
		if (hasMore) say(`The rest is on the page: ${ctx.config.PUBLIC_URL}/w/${workspace.slug}/imports/${given.id}`);
	},
};
