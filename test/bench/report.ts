// What a survey's page costs with ten thousand answers and with a million, over the same two years.
// node --import ./src/require-node.js test/bench/report.ts [how many are a million, such as 100000]
import * as staleDays from '#lib/server/db/stale-days.ts';
import * as surveyRows from '#lib/server/db/surveys.ts';
import * as tallies from '#lib/server/db/tallies.ts';
import * as answers from '#lib/server/services/answers.ts';
import { countable, recountStaleDays } from '#lib/server/services/recounts.ts';
import * as reports from '#lib/server/services/reports.ts';
import { testContext } from '#test/support/context.ts';
import { answerRow, makeAnswers, makeSurvey, makeTenant } from '#test/support/factories.ts';

const small = 10_000;
const large = Number(process.argv[2] ?? 1_000_000);
const days = 730;
const start = Date.UTC(2024, 0, 1);
const ctx = await testContext({ now: new Date(start + days * 86_400_000) });
const { workspace, scope } = await makeTenant(ctx);

const fill = async (count: number) => {
	const surveyId = await makeSurvey(ctx, workspace.id);
	const plans = ['Pro', 'Free', 'Team'];
	for (let from = 0; from < count; from += 5_000)
		await ctx.db.models.responses.collection.insertMany(
			Array.from({ length: Math.min(5_000, count - from) }, (_, offset) => {
				const index = from + offset;
				const at = new Date(start + (index / count) * days * 86_400_000);
				return answerRow(workspace.id, surveyId, at, {
					channel: index % 3 ? 'email' : 'link',
					score: (index * 7) % 11,
					comment: index % 4 ? '' : 'The delivery was quick and the box was whole',
					language: index % 5 ? 'en' : 'si',
					properties: [{ key: 'plan', value: plans[Math.floor(index / 3) % 3]! }],
				});
			}),
		);
	const counted = await surveyRows.byId(ctx.db, workspace.id, surveyId);
	const began = performance.now();
	await tallies.build(ctx.db, countable(counted!), workspace.timeZone);
	console.log(`${count.toLocaleString('en')} answers counted in ${((performance.now() - began) / 1000).toFixed(1)} s`);
	// An answer of today: its day is stale, as it is in a survey that is in use.
	await makeAnswers(ctx, workspace.id, surveyId, [
		{ score: 9, at: new Date(ctx.clock().getTime() - 60_000).toISOString() },
	]);
	return surveyId;
};

type Run = () => Promise<unknown>;

/** Fastest of 25 rounds each, in turns: what else the machine does slows single rounds, and never makes one faster. */
const fastest = async (runs: readonly [Run, Run]): Promise<[number, number]> => {
	const best: [number, number] = [Infinity, Infinity];
	for (let round = 0; round < 25; round++)
		for (const side of [0, 1] as const) {
			const began = performance.now();
			await runs[side]();
			best[side] = Math.min(best[side], performance.now() - began);
		}
	return best;
};

const page = (surveyId: string, query: string) => async () => {
	const report = await reports.forSurvey(ctx, scope, workspace, surveyId, new URLSearchParams(query));
	await answers.list(ctx, scope, report, null);
};
const surveys = [await fill(small), await fill(large)] as const;
const cases: [string, (surveyId: string) => () => Promise<unknown>][] = [
	['all time', (id) => page(id, '')],
	['all time, by plan', (id) => page(id, 'by=plan')],
	['plan is Pro, e-mail', (id) => page(id, 'property=plan&value=Pro&channel=email')],
	['last 30 days', (id) => page(id, 'range=30-days')],
	['revision', (id) => () => reports.revision(ctx, scope, id)],
	['score in the list', (id) => () => reports.summaries(ctx, scope, [id])],
];
const measure = async (title: string) => {
	const heading = [small, large].map((count) => count.toLocaleString('en').padStart(12)).join('');
	console.log(`\n${title.padEnd(26)}${heading}   ratio`);
	for (const [name, run] of cases) {
		const [few, many] = await fastest([run(surveys[0]), run(surveys[1])]);
		const shown = [few, many].map((ms) => `${ms.toFixed(1)} ms`.padStart(12)).join('');
		console.log(`${name.padEnd(26)}${shown}   ${(many / few).toFixed(2)}`);
	}
};
await measure('today is being answered');
ctx.pass(staleDays.settleMs + 1);
await recountStaleDays(ctx);
await measure('all days settled');
console.log('\nA day that is being answered is counted anew for each look, so its own answers cost; no others do.');
await ctx.close();
