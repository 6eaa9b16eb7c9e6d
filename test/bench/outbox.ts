// How fast the outbox prepares and sends: `node test/bench/outbox.ts [people]`, into an SMTP server that takes everything.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from '#lib/server/app.ts';
import { readConfig } from '#lib/server/config.ts';
import { start } from '#lib/server/embedded/index.ts';
import { startOutbox } from '#lib/server/jobs/outbox.ts';
import * as preparing from '#lib/server/services/preparing.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import { makeSurvey, makeTenant } from '#test/support/factories.ts';
import { openSmtp } from '#test/support/smtp.ts';

const people = Number(process.argv[2] ?? 5_000);
const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'));
const smtp = await openSmtp();
const engine = await start({ dataDir });
const { ctx, close } = await open({
	config: readConfig({
		DATA_DIR: dataDir,
		PUBLIC_URL: 'https://heed.test',
		SMTP_URL: smtp.url,
		MAIL_FROM: 'a@shop.lk',
		MAIL_RATE_PER_MINUTE: '100000',
		LOG_LEVEL: 'warn',
	}),
	databaseUri: engine.uri,
	databaseKind: 'embedded',
	isWorker: false,
});

const timed = async (what: string, count: number, run: () => Promise<unknown>) => {
	const begin = performance.now();
	await run();
	const seconds = (performance.now() - begin) / 1000;
	console.log(`${what}: ${seconds.toFixed(2)} s${count ? `, ${Math.round(count / seconds)}/s` : ''}`);
};

const { workspace, scope } = await makeTenant(ctx);
const surveyId = await makeSurvey(ctx, workspace.id);
for (let from = 0; from < people; from += 1_000)
	await ctx.db.models.contacts.insertMany(
		Array.from({ length: Math.min(1_000, people - from) }, (_, n) => ({
			workspaceId: workspace.id,
			email: `p${from + n}@customers.lk`,
			address: `p${from + n}@customers.lk`,
			name: `Person ${from + n}`,
			properties: [{ key: 'plan', value: n % 3 ? 'free' : 'pro' }],
			unsubscribedAt: n % 10 ? null : new Date(),
			lastAskedAt: n % 7 ? null : new Date(),
			createdAt: new Date(),
		})),
	);

const all = { kind: 'all' } as const;
await timed('preview of everybody', 0, () => sendings.preview(ctx, workspace, all));
await timed('preview of a property', 0, () =>
	sendings.preview(ctx, workspace, { kind: 'property', key: 'plan', value: 'pro' }),
);
await timed('first page of people', 0, () => sendings.people(ctx, workspace, all, 'asked', { after: null, limit: 20 }));
await timed('properties to choose from', 0, () => sendings.propertyChoices(ctx, workspace, 'plan'));
const wish = { surveyId, audience: all, sendAt: null, submissionKey: 'bench' };
const { id } = await sendings.create(ctx, scope, workspace, wish);
await timed('preparing', people, async () => {
	while (await preparing.stepAll(ctx));
});
const { invited } = await sendings.byId(ctx, scope, id);
await timed(`numbers of a sending with ${invited} people`, 0, () => sendings.view(ctx, scope, id));
await timed('sending', invited, async () => {
	const outbox = startOutbox(ctx);
	while (smtp.received.length < invited) await new Promise((resolve) => setTimeout(resolve, 20));
	await outbox.stop();
});
await timed('numbers of the sending when all are sent', 0, () => sendings.view(ctx, scope, id));
console.log(`${smtp.received.length} received, ${smtp.mostConnections()} connections at most`);

await close();
await engine.stop();
await smtp.close();
rmSync(dataDir, { recursive: true, force: true });
