// From the outside: what a customer's link says as a survey opens, fills, closes, is archived and is deleted.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Model } from 'mongoose';
import { Closed, Conflict, NotFound } from '#lib/domain/errors.ts';
import { settingsOf, type SurveySettings } from '#lib/domain/survey/survey.ts';
import type { Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import * as asking from '#lib/server/services/asking.ts';
import { tokenFor } from '#lib/server/services/links.ts';
import * as openness from '#lib/server/services/openness.ts';
import * as reports from '#lib/server/services/reports.ts';
import * as responses from '#lib/server/services/responses.ts';
import * as sendings from '#lib/server/services/sendings.ts';
import * as sharing from '#lib/server/services/sharing.ts';
import * as surveyDeletions from '#lib/server/services/survey-deletions.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeAnswers, makeContact, makeInvitation, makeSurvey, makeTenant, tokenOf } from '#test/support/factories.ts';

let ctx: TestContext;
let workspace: Workspace;
let scope: Scope;
let id: string;
beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());
beforeEach(async () => {
	ctx.setClock(new Date('2026-03-02T09:00:00Z'));
	({ workspace, scope } = await makeTenant(ctx));
	id = await makeSurvey(ctx, workspace.id);
});

const set = async (change: Partial<SurveySettings>) => {
	const from = settingsOf(await surveys.byId(ctx, scope, id));
	await surveys.changeSettings(ctx, scope, id, { from, to: { ...from, ...change } });
};
const open = () => tokenOf(ctx, 'open', workspace.id, id);
let keys = 0;
const newKey = () => `key-of-a-form-no-${String(++keys).padStart(5, '0')}`;
const answer = async (key = newKey(), score = 9) =>
	responses.submit(ctx, await asking.find(ctx, open()), {
		score,
		comment: '',
		language: 'en',
		channel: 'link',
		submissionKey: key,
	});
const reasonOf = async (work: Promise<unknown>) => {
	const problem = await work.then(
		() => null,
		(error: unknown) => error,
	);
	return problem instanceof Closed ? problem.reason : problem;
};

describe('a schedule', () => {
	beforeEach(() => set({ opensAt: new Date('2026-03-03T09:00:00Z'), closesAt: new Date('2026-03-04T09:00:00Z') }));

	it.each([
		['a second before it opens', '2026-03-03T08:59:59Z', 'scheduled'],
		['when it opens', '2026-03-03T09:00:00Z', null],
		['a second before it closes', '2026-03-04T08:59:59Z', null],
		['when it closes', '2026-03-04T09:00:00Z', 'closed'],
	])('%s', async (_, now, reason) => {
		ctx.setClock(new Date(now));
		expect(await reasonOf(answer())).toBe(reason);
	});

	it('tells the customer when it opens', async () => {
		await expect(answer()).rejects.toMatchObject({ opensAt: new Date('2026-03-03T09:00:00Z') });
	});

	it('moves the revision of the open report on by itself', async () => {
		const before = await reports.revision(ctx, scope, id);
		ctx.setClock(new Date('2026-03-03T09:00:00Z'));
		expect(await reports.revision(ctx, scope, id)).not.toBe(before);
	});

	it('keeps an answer from being changed once it is over, and says so without losing it', async () => {
		ctx.setClock(new Date('2026-03-04T08:00:00Z'));
		const key = newKey();
		await answer(key, 9);
		ctx.setClock(new Date('2026-03-04T09:00:00Z'));
		expect(await reasonOf(answer(key, 3))).toBe('closed');
		expect(await ctx.rows.responses.find({ submissionKey: key }).lean()).toMatchObject([{ score: 9 }]);
	});
});

describe('a quota', () => {
	it('closes the survey after so many answers, and one who has answered may still change theirs', async () => {
		await set({ quota: 3 });
		const key = newKey();
		for (const each of [key, newKey(), newKey()]) expect(await answer(each)).not.toBeNull();
		expect(await reasonOf(answer())).toBe('full');
		expect(await answer(key, 2)).toMatchObject({ score: 2 });
		expect(await ctx.rows.responses.countDocuments({ surveyId: new ObjectId(id) })).toBe(3);
	});

	it('takes every answer it acknowledges when many come at once, and few beyond it', async () => {
		await set({ quota: 10 });
		const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => answer()));
		const taken = outcomes.filter(({ status }) => status === 'fulfilled').length;
		expect(taken).toBeGreaterThanOrEqual(10);
		expect(await ctx.rows.responses.countDocuments({ surveyId: new ObjectId(id) })).toBe(taken);
		expect(await reasonOf(answer())).toBe('full');
	});

	it('counts one after the other exactly, whichever of two processes takes them', async () => {
		await set({ quota: 7 });
		const other = await testContext({ db: { ...ctx.db }, seed: 'another process' });
		let taken = 0;
		for (let each = 0; each < 12; each++) {
			const at = each % 2 ? ctx : other;
			const asked = await asking.find(at, open());
			const given = { score: 5, comment: '', language: 'en', channel: 'link', submissionKey: newKey() } as const;
			const reason = await reasonOf(responses.submit(at, asked, given));
			if (reason === null) taken++;
		}
		expect(taken).toBe(7);
	});

	it('has no imported and no deleted answers in it', async () => {
		await set({ quota: 2 });
		const [first, second] = await makeAnswers(ctx, workspace.id, id, [
			{ score: 1, at: '2026-02-01T09:00:00Z', channel: 'import' },
			{ score: 1, at: '2026-02-01T09:00:00Z' },
		]);
		await ctx.rows.responses.updateOne({ _id: new ObjectId(first) }, { $set: { importId: new ObjectId() } });
		await ctx.rows.responses.updateOne({ _id: new ObjectId(second) }, { $set: { deletedAt: new Date() } });
		await answer();
		expect(await reasonOf(answer())).toBeNull();
		expect(await reasonOf(answer())).toBe('full');
	});

	it('opens the survey again when it is raised', async () => {
		await set({ quota: 1 });
		await answer();
		expect(await reasonOf(answer())).toBe('full');
		await set({ quota: 2 });
		expect(await reasonOf(answer())).toBeNull();
	});
});

describe('settings', () => {
	it('are saved over those that were seen, and one who saw others is told', async () => {
		const from = settingsOf(await surveys.byId(ctx, scope, id));
		await set({ quota: 5 });
		const mine = { from, to: { ...from, touchpointId: 'torder' } };
		await expect(surveys.changeSettings(ctx, scope, id, mine)).rejects.toThrow(Conflict);
		expect(await surveys.byId(ctx, scope, id)).toMatchObject({ quota: 5, touchpointId: null });
	});

	it('may be saved twice, which is a repeat after a lost reply', async () => {
		const from = settingsOf(await surveys.byId(ctx, scope, id));
		const change = { from, to: { ...from, opensAt: new Date('2026-05-01T00:00:00Z'), quota: 5 } };
		await surveys.changeSettings(ctx, scope, id, change);
		await surveys.changeSettings(ctx, scope, id, change);
		expect(settingsOf(await surveys.byId(ctx, scope, id))).toEqual(change.to);
	});
});

describe('sending', () => {
	const send = (sendAt: Date | null = null) =>
		sendings.create(ctx, scope, workspace, {
			surveyId: id,
			audience: { kind: 'all' },
			sendAt,
			submissionKey: newKey(),
		});
	beforeEach(() => makeContact(ctx, workspace.id));

	it('before a survey opens is refused with the moment, and taken for later', async () => {
		await set({ opensAt: new Date('2026-03-03T09:00:00Z') });
		await expect(send()).rejects.toThrow('opens on 3 March 2026');
		await expect(send(new Date('2026-03-03T09:00:00Z'))).resolves.toMatchObject({ status: 'scheduled' });
	});

	it.each<[string, Partial<SurveySettings>, RegExp]>([
		['that has ended', { closesAt: new Date('2026-03-01T09:00:00Z') }, /closed on 1 March 2026.*settings/],
		['that has enough answers', { quota: 1 }, /has the 1 answer it.*Raise the quota/],
	])('a survey %s is refused with the reason', async (_, change, reason) => {
		await set(change);
		await makeAnswers(ctx, workspace.id, id, [{ score: 9, at: '2026-03-01T08:00:00Z' }]);
		await expect(send()).rejects.toThrow(reason);
	});

	it('to go out after a survey closed is refused', async () => {
		await set({ closesAt: new Date('2026-03-03T09:00:00Z') });
		await expect(send(new Date('2026-03-04T09:00:00Z'))).rejects.toThrow('before this would go out');
	});
});

describe('the archive', () => {
	it('takes no answers, keeps what it has and gives it back as it was', async () => {
		await answer();
		await surveys.archive(ctx, scope, id);
		expect(await reasonOf(answer())).toBe('closed');
		await surveys.unarchive(ctx, scope, id);
		expect(await reasonOf(answer())).toBeNull();
		expect(await surveyDeletions.contentsOf(ctx, scope, id)).toMatchObject({ answers: 2, invitations: 0, sendings: 0 });
	});
});

describe('deleting', () => {
	const all = async (survey: string, ...more: string[]) => {
		const found: string[] = [];
		for (const [name, model] of Object.entries(ctx.rows))
			for (const row of await (model as Model<unknown>).find().lean<{ _id: unknown }[]>())
				if ([survey, ...more].some((each) => JSON.stringify(row).includes(each))) found.push(name);
		return [...new Set(found)].sort();
	};

	it('is refused while a survey may take answers', async () => {
		await expect(surveyDeletions.remove(ctx, scope, id)).rejects.toThrow('Archive it first');
		await expect(surveyDeletions.remove(ctx, { ...scope, workspaceId: 'f'.repeat(24) }, id)).rejects.toThrow(NotFound);
	});

	it('hides a survey at once, and undone within 30 s nothing is missing', async () => {
		const given = (await answer())!;
		await surveys.archive(ctx, scope, id);
		await surveyDeletions.remove(ctx, scope, id);
		await expect(surveys.byId(ctx, scope, id)).rejects.toThrow(NotFound);
		expect(await surveys.list(ctx, scope)).toEqual([]);
		expect(await reasonOf(asking.find(ctx, open()))).toBe('expired');
		ctx.pass(29_000);
		await surveyDeletions.restore(ctx, scope, id);
		ctx.pass(3_600_000);
		await ctx.runDueJobs();
		expect(await surveys.byId(ctx, scope, id)).toMatchObject({ id, status: 'live' });
		expect(await ctx.rows.responses.findById(given.id).lean()).not.toBeNull();
	});

	it('undone too late is refused', async () => {
		await surveys.archive(ctx, scope, id);
		await surveyDeletions.remove(ctx, scope, id);
		ctx.pass(60_000);
		await expect(surveyDeletions.restore(ctx, scope, id)).rejects.toThrow(Conflict);
	});

	it('leaves nothing of a survey in any collection, and nothing of another is touched', async () => {
		const workspaceId = new ObjectId(workspace.id);
		const other = await makeSurvey(ctx, workspace.id, { name: 'Another' });
		const contactId = await makeContact(ctx, workspace.id, { email: 'ann@customers.lk' });
		const furnish = async (survey: string) => {
			const surveyId = new ObjectId(survey);
			const { id: sendingId } = await sendings.create(ctx, scope, workspace, {
				surveyId: survey,
				audience: { kind: 'all' },
				sendAt: null,
				submissionKey: newKey(),
			});
			const invitation = await makeInvitation(ctx, workspace.id, survey, { sendingId, contactId });
			const messageId = `<${invitation}@heed.test>`;
			await ctx.rows.invitations.updateOne({ _id: new ObjectId(invitation) }, { $set: { messageId } });
			const mail = {
				workspaceId,
				fromName: '',
				to: 'a@b.lk',
				subject: '',
				html: '',
				source: '',
				createdAt: new Date(),
			};
			await ctx.rows.mailboxMessages.create({ ...mail, messageId, text: 'How was it?' });
			await ctx.rows.mailboxMessages.create({ ...mail, messageId: `<${newKey()}>`, text: `See /surveys/${survey}` });
			const [response] = await makeAnswers(ctx, workspace.id, survey, [
				{ score: 2, at: '2026-03-02T08:00:00Z', invitationId: invitation, contactId },
			]);
			await ctx.rows.alerts.create({
				workspaceId,
				userId: new ObjectId(scope.userId),
				responseId: new ObjectId(response),
				state: 'done',
				createdAt: new Date(),
			});
			const made = await ctx.rows.imports.create({
				workspaceId,
				kind: 'answers',
				surveyId,
				status: 'done',
				counts: {},
				createdBy: new ObjectId(scope.userId),
				createdAt: new Date(),
			});
			const importId = made._id;
			await ctx.rows.importChunks.create({ workspaceId, importId, index: 0, bytes: Buffer.from('a') });
			await ctx.rows.importRefusals.create({ workspaceId, importId, line: 2, reason: 'No score' });
			await reports.forSurvey(ctx, scope, workspace, survey, new URLSearchParams());
			ctx.pass(3_600_000);
			return [sendingId, invitation, response!, importId.toHexString()];
		};
		const others = await furnish(other);
		await ctx.rows.contacts.updateMany({ workspaceId }, { $set: { lastAskedAt: null } });
		const mine = await furnish(id);
		const before = (await all(other, ...others)).filter((name) => name !== 'contacts');
		const claimed = { $set: { askedBySendingId: new ObjectId(mine[0]) } };
		await ctx.rows.contacts.updateMany({ workspaceId }, claimed);
		await ctx.runDueJobs();
		expect((await all(id, ...mine)).length).toBeGreaterThan(9);
		await surveys.archive(ctx, scope, id);
		await surveyDeletions.remove(ctx, scope, id);
		ctx.pass(200_000);
		await ctx.runDueJobs();
		expect(await all(id, ...mine)).toEqual([]);
		expect(await all(other, ...others)).toEqual(before);
		expect(await ctx.rows.mailboxMessages.countDocuments({ workspaceId })).toBe(2);
	});

	it('that was cut short is finished by the next run', async () => {
		await answer();
		await surveys.archive(ctx, scope, id);
		await surveyDeletions.remove(ctx, scope, id);
		const { deletedAt } = (await ctx.rows.surveys.findById(id).lean<{ deletedAt: Date }>())!;
		// As it stands when the process dies after the answers.
		await ctx.rows.responses.deleteMany({ surveyId: new ObjectId(id) });
		const payload = { workspaceId: workspace.id, surveyId: id, deletedAt: deletedAt.toISOString() };
		await surveyDeletions.erase(ctx, payload);
		await surveyDeletions.erase(ctx, payload);
		expect(await all(id)).toEqual([]);
	});
});

describe('a copy', () => {
	it('is a draft with the same content under its own name, once for a form that is sent twice', async () => {
		await set({ touchpointId: 'torder', quota: 4, closesAt: new Date('2026-03-01T00:00:00Z') });
		const copy = { id: surveys.newId(ctx), name: 'Copy of it' };
		await surveys.duplicate(ctx, scope, id, copy);
		const made = await surveys.duplicate(ctx, scope, id, copy);
		const { draft } = await surveys.byId(ctx, scope, id);
		expect(made).toMatchObject({ status: 'draft', name: 'Copy of it', draft, touchpointId: 'torder', version: null });
		expect(made).toMatchObject({ quota: null, closesAt: null });
	});

	it('is made of no other workspace', async () => {
		const stranger = (await makeTenant(ctx)).scope;
		const copy = { id: surveys.newId(ctx), name: 'Mine' };
		await expect(surveys.duplicate(ctx, stranger, id, copy)).rejects.toThrow(NotFound);
	});
});

describe('a preview link', () => {
	const tokenIn = (link: string) => link.split('/s/')[1]!;

	it('shows the draft as it is now until it expires, and is never counted', async () => {
		const survey = await surveys.byId(ctx, scope, id);
		const token = tokenIn(sharing.previewLink(ctx, survey, 1).link);
		const draft = { ...survey.draft, texts: { en: { question: 'Newer?' } } };
		await surveys.saveDraft(ctx, scope, id, { draftRevision: survey.draftRevision, name: survey.name, draft });
		ctx.pass(86_399_000);
		const asked = await asking.find(ctx, token);
		expect(asked).toMatchObject({ counts: 'preview', definition: { texts: { en: { question: 'Newer?' } } } });
		ctx.pass(1_000);
		expect(await reasonOf(asking.find(ctx, token))).toBe('expired');
	});

	it('is over when it is revoked, a new one is not, and undoing brings the old one back', async () => {
		const linkNow = async () => tokenIn(sharing.previewLink(ctx, await surveys.byId(ctx, scope, id), 30).link);
		const token = await linkNow();
		const generation = await sharing.revokePreviews(ctx, scope, id);
		expect(await reasonOf(asking.find(ctx, token))).toBe('expired');
		expect(await reasonOf(asking.find(ctx, await linkNow()))).toBeNull();
		await sharing.restorePreviews(ctx, scope, id, generation);
		expect(await reasonOf(asking.find(ctx, token))).toBeNull();
	});

	it('cannot be given a longer life by changing its address', async () => {
		const survey = await surveys.byId(ctx, scope, id);
		const bytes = Buffer.from(tokenIn(sharing.previewLink(ctx, survey, 1).link), 'base64url');
		bytes.writeUInt32BE(0xffff_fff0, 25);
		await expect(asking.find(ctx, bytes.toString('base64url'))).rejects.toThrow(NotFound);
		const open = tokenFor(ctx.secret, { kind: 'open', workspaceId: workspace.id, id });
		await expect(asking.find(ctx, `Ag${open.slice(2)}`)).rejects.toThrow(NotFound);
	});
});

it('says the state of a survey that is gone with null', async () => {
	expect(await openness.ofSurvey(ctx, workspace.id, 'f'.repeat(24))).toBeNull();
});
