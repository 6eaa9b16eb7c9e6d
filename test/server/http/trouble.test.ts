// What people are told when the database cannot do its work, and that nothing of theirs is lost by it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as database from '#lib/server/db/database.ts';
import { start, type Started } from '#lib/server/embedded/index.ts';
import * as accounts from '#lib/server/services/accounts.ts';
import * as sessions from '#lib/server/services/sessions.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { ask, find } from '#test/support/routes.ts';

let dataDir: string;
let engine: Started;
let ctx: TestContext;
let token: string;
beforeAll(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'heed-trouble-'));
	engine = await start({ dataDir, maxPages: 600 });
	ctx = await testContext({ db: await database.open(engine.uri, { kind: 'embedded' }) });
	const { user } = await accounts.createOwner(ctx, {
		name: 'Ann',
		email: 'ann@shop.test',
		password: 'a wide river bends',
		workspaceName: 'Shop',
		timeZone: 'UTC',
		language: 'en',
	});
	token = await sessions.open(ctx, user.id, { address: '203.0.113.9', userAgent: null });
});
afterAll(async () => {
	await ctx.close();
	await engine.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

const workspaces = () => ctx.db.connection.collection('workspaces');

const makeWorkspace = async (workspaceName: string) =>
	ask(ctx, await find('(app)/new-workspace', '?/default'), {
		token,
		form: { workspaceName, timeZone: 'UTC', language: 'en' },
	});

/** Fills what room is left where workspaces are kept, so that not even a short row fits. */
const fill = async () => {
	let count = 0;
	for (const size of [100_000, 4_000, 100])
		for (let code = 0; code === 0;)
			code = await workspaces()
				.insertOne({ slug: `rubbish-${count++}`, rubbish: 'x'.repeat(size) })
				.then(
					() => 0,
					(problem: { code: number }) => problem.code,
				);
};
const makeRoom = () => workspaces().deleteMany({ rubbish: { $exists: true } });

describe('a full disk', () => {
	it('is said in a sentence, with what was typed; once there is room the same form works', async () => {
		await fill();
		const refused = await makeWorkspace('Second shop');
		expect(refused.status).toBe(507);
		expect(refused.message).toMatch(/disk is full, so this was not stored.*make room/);
		expect((refused.data as { refusal: { values: object } }).refusal.values).toMatchObject({
			workspaceName: 'Second shop',
		});
		expect((await ask(ctx, await find('(app)/account', 'load'), { token })).status).toBe(200);

		await makeRoom();
		expect(await makeWorkspace('Second shop')).toMatchObject({ status: 303, location: '/w/second-shop/surveys' });
	});
});

describe('a database that is gone', () => {
	it('is said in a sentence, to those who are signed in and to others', async () => {
		await database.close(ctx.db);
		for (const asking of [{ token }, {}]) {
			const answer = await ask(ctx, await find('(auth)/sign-in', 'load'), asking);
			expect(answer.status).toBe(503);
			expect(answer.message).toMatch(/cannot reach its database.*in a minute/);
		}
	});
});
