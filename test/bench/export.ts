// What exporting very many answers costs the built product in memory: `node test/bench/export.ts [answers]`.
// The same export with a tenth of the answers stands beside it: what is streamed needs no more for ten times as much.
import { readFileSync } from 'node:fs';
import { ensureBuilt } from '../../src/build.ts';
import { answerRow, makeSurvey } from '#test/support/factories.ts';
import { furnish } from '../e2e/support/workspace.ts';

const most = Number(process.argv[2] ?? 1_000_000);
await ensureBuilt((line) => console.log(line));
const shop = await furnish('Bench', { LOG_LEVEL: 'error' });
const { name, value } = await shop.signIn();
const server = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ')[0]!;
const residentMb = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server}/status`, 'utf8'))?.[1]) / 1024;

const fill = async (count: number): Promise<string> => {
	const surveyId = await makeSurvey(shop.ctx, shop.workspaceId);
	const began = performance.now();
	for (let from = 0; from < count; from += 5_000)
		await shop.ctx.db.models.responses.collection.insertMany(
			Array.from({ length: Math.min(5_000, count - from) }, (_, offset) => {
				const at = new Date(Date.UTC(2024, 0, 1) + (from + offset) * 60_000);
				return answerRow(shop.workspaceId, surveyId, at, {
					score: (from + offset) % 11,
					comment: 'The delivery was quick and the driver friendly, thank you very much indeed.',
					properties: [{ key: 'plan', value: offset % 3 ? 'free' : 'pro' }],
				});
			}),
			{ ordered: false },
		);
	console.log(`${count.toLocaleString('en')} answers stored in ${((performance.now() - began) / 1000).toFixed(0)} s`);
	return surveyId;
};

const exportAll = async (surveyId: string) => {
	const before = residentMb();
	let peak = before;
	const watch = setInterval(() => (peak = Math.max(peak, residentMb())), 50);
	const began = performance.now();
	const answer = await fetch(`${shop.product.address}/w/${shop.slug}/surveys/${surveyId}/answers.csv`, {
		headers: { cookie: `${name}=${value}` },
	});
	if (!answer.ok) throw new Error(`The export answered ${answer.status}`);
	let lines = 0;
	let bytes = 0;
	for await (const chunk of answer.body!) {
		bytes += chunk.length;
		for (const byte of chunk) if (byte === 10) lines++;
	}
	clearInterval(watch);
	const seconds = (performance.now() - began) / 1000;
	const more = peak - before;
	console.log(
		`${(lines - 1).toLocaleString('en')} rows, ${(bytes / 1_048_576).toFixed(0)} MB in ${seconds.toFixed(1)} s ` +
			`(${Math.round(lines / seconds).toLocaleString('en')} rows/s); server ${before.toFixed(0)} MB before, at most ${more.toFixed(0)} MB more`,
	);
	return more;
};

const small = await fill(most / 10);
await exportAll(small);
const few = await exportAll(small);
const many = await exportAll(await fill(most));
console.log(`ten times the rows took ${(many - few).toFixed(0)} MB more than the tenth did`);
await shop.stop();
