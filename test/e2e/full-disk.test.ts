// The running product on a disk that fills up: what was acknowledged stays, what was not is said and kept as typed, and it
// works again as soon as there is room.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import * as database from '#lib/server/db/database.ts';
import * as embedded from '#lib/server/embedded/index.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import { makeInvitation, makeSurvey } from '#test/support/factories.ts';
import { ask } from './support/asking.ts';
import { startProduct } from './support/product.ts';
import { furnish } from './support/workspace.ts';

/** A disk of 24 MB at a folder; false where this machine does not let us. */
const mount = (folder: string): boolean => {
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
};

let disk: string;
let isMounted = false;
test.beforeAll(() => {
	disk = mkdtempSync(join(tmpdir(), 'heed-disk-'));
	isMounted = mount(disk);
});
test.afterAll(() => {
	if (isMounted) execFileSync('umount', ['-l', disk]);
	rmSync(disk, { recursive: true, force: true });
});

const filler = () => join(disk, 'something-else');
const fill = () => {
	const { bavail, bsize } = statfsSync(disk);
	writeFileSync(filler(), Buffer.alloc(bavail * bsize));
};

test('an answer on a full disk is kept as typed, and nothing that was acknowledged is lost', async ({ page }) => {
	test.skip(!isMounted, 'No disk can be mounted here: run this as root on Linux.');
	const shop = await furnish('Ceylon Tea House', { DATA_DIR: disk });
	const survey = await makeSurvey(shop.ctx, shop.workspaceId);
	const links: string[] = [];
	for (let at = 0; at < 80; at++)
		links.push(shop.link('answer', await makeInvitation(shop.ctx, shop.workspaceId, survey)));
	const acknowledged = new Set<string>();
	/** Answers by the next link and notes whether it was acknowledged. Returns the status. */
	const answer = async (comment: string): Promise<number> => {
		const reply = await ask(shop.product, links.pop()!, { fields: { version: '1', score: '9', comment } });
		if (reply.status === 303) acknowledged.add(comment);
		else expect(reply.text, 'what was typed is in the page').toContain(comment);
		return reply.status;
	};

	for (let at = 0; at < 5; at++) expect(await answer(`before ${at}`)).toBe(303);
	const link = links.pop()!;
	await page.goto(shop.product.url + link);
	fill();
	const long = 'x'.repeat(5_000);
	const statuses: number[] = [];
	for (let at = 0; at < 60; at++) statuses.push(await answer(`${long} ${at}`));
	expect(statuses.at(-1), 'the disk is full by then').toBe(507);
	expect(new Set(statuses)).toEqual(new Set(statuses.includes(303) ? [303, 507] : [507]));

	// A person sees what happened, with every word still there, and sends it again once there is room.
	await page.getByRole('radio', { name: '3 of 10' }).check();
	await page.getByRole('textbox').fill('The tea was cold');
	await page.getByRole('button', { name: 'Send answer' }).click();
	await expect(page.getByText('The tea was cold')).toBeVisible();
	await page.getByRole('button', { name: 'Send again' }).click();
	await expect(page.getByText('The tea was cold'), 'as often as it takes').toBeVisible();
	expect((await ask(shop.product, link)).status, 'reading goes on').toBe(200);

	rmSync(filler());
	await page.getByRole('button', { name: 'Send again' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
	acknowledged.add('The tea was cold');
	for (let at = 0; at < 5; at++) expect(await answer(`after ${at}`)).toBe(303);

	// Also once the process is gone, and what the disk holds is all there is.
	await shop.stop();
	const product = await startProduct({ DATA_DIR: disk });
	const db = await database.open((await embedded.runningUri(disk))!, { kind: 'embedded' });
	const rows = await db.models.responses.find({ surveyId: new ObjectId(survey) }).lean();
	await database.close(db);
	await product.stop();
	const stored = rows.map(({ comment }) => comment);
	expect(new Set(stored)).toEqual(acknowledged);
	expect(stored, 'each once').toHaveLength(acknowledged.size);
});
