// How long it takes to see who would get a survey, among many people: `node test/bench/audience.ts [people]`.
// Twice: with a tenth of the people, and with all. What is found by index costs the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from '#lib/server/app.ts';
import { readConfig } from '#lib/server/config.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import { start } from '#lib/server/embedded/index.ts';
import * as contacts from '#lib/server/services/contacts.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import { makeTenant } from '#test/support/factories.ts';

const most = Number(process.argv[2] ?? 100_000);
const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'));
const engine = await start({ dataDir });
const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
const { ctx, close } = await open({ config, databaseUri: engine.uri, databaseKind: 'embedded', isWorker: false });

const tenantOf = async (people: number) => {
	const tenant = await makeTenant(ctx);
	const workspaceId = new ObjectId(tenant.workspace.id);
	const now = new Date();
	const row = (n: number) => ({
		_id: new ObjectId(),
		workspaceId,
		email: `p${n}@customers.lk`,
		address: `p${n}@customers.lk`,
		name: `Person ${n}`,
		language: n % 2 ? 'en' : 'si',
		properties: [{ key: 'plan', value: n % 3 ? 'free' : 'pro' }],
		lastAskedAt: n % 7 ? null : now,
		askedBySendingId: null,
		askedBeforeAt: null,
		unsubscribedAt: n % 10 ? null : now,
		bouncedAt: n % 50 ? null : now,
		bounceReason: null,
		isSample: false,
		importId: null,
		deletedAt: null,
		createdAt: now,
	});
	for (let from = 0; from < people; from += 2_000)
		await ctx.db.models.contacts.collection.insertMany(
			Array.from({ length: Math.min(2_000, people - from) }, (_, offset) => row(from + offset)),
			{ ordered: false },
		);
	return tenant;
};

const few = await tenantOf(most / 10);
const many = await tenantOf(most);
const everybody = { kind: 'all' } as const;
const plan = { kind: 'property', key: 'plan', value: 'pro' } as const;
const first = { after: null, limit: 21 };
const cases: [string, (tenant: typeof few) => Promise<unknown>][] = [
	['who gets it, of everybody', ({ workspace }) => sendings.preview(ctx, workspace, everybody)],
	['who gets it, of a property', ({ workspace }) => sendings.preview(ctx, workspace, plan)],
	['the first of them', ({ workspace }) => sendings.people(ctx, workspace, everybody, 'asked', first)],
	['the first left out', ({ workspace }) => sendings.people(ctx, workspace, everybody, 'refused', first)],
	['properties to choose from', ({ workspace }) => sendings.propertyChoices(ctx, workspace, 'plan')],
	[
		'the list of people',
		({ scope }) => contacts.list(ctx, scope, contacts.searchSchema.parse({ words: '', state: '' })),
	],
	[
		'people by a word',
		({ scope }) => contacts.list(ctx, scope, contacts.searchSchema.parse({ words: 'p4', state: '' })),
	],
];
console.log(`${''.padEnd(30)}${[most / 10, most].map((n) => n.toLocaleString('en').padStart(12)).join('')}   ratio`);
for (const [name, run] of cases) {
	const best = [Infinity, Infinity] as [number, number];
	for (let round = 0; round < 5; round++)
		for (const [side, tenant] of [few, many].entries()) {
			const began = performance.now();
			await run(tenant);
			best[side] = Math.min(best[side]!, performance.now() - began);
		}
	const shown = best.map((ms) => `${ms.toFixed(0)} ms`.padStart(12)).join('');
	console.log(`${name.padEnd(30)}${shown}   ${(best[1] / best[0]).toFixed(1)}`);
}
await close();
await engine.stop();
rmSync(dataDir, { recursive: true, force: true });
