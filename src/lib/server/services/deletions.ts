// Deleting one answer, or one person with everything about them: hidden at once, undone within 30 s, then gone for good.
import { domainToUnicode } from 'node:url';
import { Conflict, NotFound } from '#lib/domain/errors.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as deletionRows from '../db/deletions.ts';
import * as importRows from '../db/imports.ts';
import * as staleDays from '../db/stale-days.ts';
import * as suppressions from '../db/suppressions.ts';
import * as surveyRows from '../db/surveys.ts';
import * as traces from '../db/traces.ts';
import { forgetUploadsWith } from './importing/waiting.ts';

/** What the page offers, and some seconds more for a slow line. */
export const undoSeconds = 30;
export const undoMs = (undoSeconds + 10) * 1000;
/** How soon it is looked again whether imports are over. */
const importWaitMs = 10_000;

export const tooLate = () => new Conflict(t.people_delete_too_late());

/** Marks every day whose numbers move, before and after the write, and tells open pages. */
const writing = async (
	ctx: Context,
	workspaceId: string,
	touched: readonly deletionRows.Touched[],
	write: () => Promise<void>,
): Promise<void> => {
	const mark = async () => {
		for (const { surveyId, instants } of touched)
			await staleDays.mark(ctx.db, workspaceId, surveyId, instants, ctx.clock());
	};
	await mark();
	await write();
	await mark();
	for (const { surveyId } of touched) await surveyRows.bumpRevision(ctx.db, workspaceId, surveyId);
};

/** Deletes an answer; its customer's link can be answered anew. Throws NotFound. */
export const deleteAnswer = async (ctx: Context, scope: Scope, responseId: string): Promise<void> => {
	const { workspaceId } = scope;
	const found = await deletionRows.findAnswer(ctx.db, workspaceId, responseId);
	if (!found) throw new NotFound(t.people_no_such_answer());
	if (found.deletedAt) return;
	const deletedAt = ctx.clock();
	await writing(ctx, workspaceId, [found.touched], async () => {
		await deletionRows.setAnswerDeletedAt(ctx.db, workspaceId, responseId, { from: null, to: deletedAt });
		if (found.invitationId) await deletionRows.setAnsweredAt(ctx.db, workspaceId, found.invitationId, null);
	});
	await ctx.jobs.enqueue(
		'purge-answer',
		{ workspaceId, responseId, deletedAt: deletedAt.toISOString() },
		{ at: new Date(deletedAt.getTime() + undoMs + staleDays.settleMs) },
	);
};

/** Takes a deletion back. Throws Conflict when it is too late, NotFound when there is nothing left. */
export const restoreAnswer = async (ctx: Context, scope: Scope, responseId: string): Promise<void> => {
	const { workspaceId } = scope;
	const found = await deletionRows.findAnswer(ctx.db, workspaceId, responseId);
	if (!found) throw tooLate();
	const { deletedAt: from, invitationId, answeredAt, touched } = found;
	if (!from) return;
	if (ctx.clock().getTime() - from.getTime() > undoMs) throw tooLate();
	await writing(ctx, workspaceId, [touched], async () => {
		await deletionRows.setAnswerDeletedAt(ctx.db, workspaceId, responseId, { from, to: null });
		if (invitationId) await deletionRows.setAnsweredAt(ctx.db, workspaceId, invitationId, answeredAt);
	});
};

/** The job "purge-answer": removes it for good, unless it was restored. */
export const purgeAnswer = async (
	ctx: Context,
	{ workspaceId, responseId, deletedAt }: { workspaceId: string; responseId: string; deletedAt: string },
): Promise<void> => {
	const found = await deletionRows.findAnswer(ctx.db, workspaceId, responseId);
	if (found?.deletedAt?.getTime() !== new Date(deletedAt).getTime()) return;
	await traces.removeAnswers(ctx.db, workspaceId, [responseId]);
	await deletionRows.purgeAnswer(ctx.db, workspaceId, responseId, found.deletedAt);
};

/** Deletes a person with their answers and all they were asked. Throws NotFound. */
export const deletePerson = async (ctx: Context, scope: Scope, contactId: string): Promise<void> => {
	const { workspaceId } = scope;
	const person = await deletionRows.findPerson(ctx.db, workspaceId, contactId);
	if (!person) throw new NotFound(t.people_no_such());
	const deletedAt = person.deletedAt ?? ctx.clock();
	const touched = await deletionRows.touchedBy(ctx.db, workspaceId, contactId, null);
	await writing(ctx, workspaceId, touched, () =>
		deletionRows.setPersonDeletedAt(ctx.db, workspaceId, contactId, { from: null, to: deletedAt }),
	);
	await ctx.jobs.enqueue(
		'erase-person',
		{ workspaceId, contactId, deletedAt: deletedAt.toISOString() },
		{ at: new Date(deletedAt.getTime() + undoMs + staleDays.settleMs), key: contactId },
	);
};

/** Whether a person was deleted and is not erased yet. */
export const isDeleted = async (ctx: Context, scope: Scope, contactId: string): Promise<boolean> =>
	!!(await deletionRows.findPerson(ctx.db, scope.workspaceId, contactId))?.deletedAt;

/** Takes the deletion of a person back, with all that went with them. Throws Conflict when it is too late. */
export const restorePerson = async (ctx: Context, scope: Scope, contactId: string): Promise<void> => {
	const { workspaceId } = scope;
	const person = await deletionRows.findPerson(ctx.db, workspaceId, contactId);
	if (!person) throw tooLate();
	const from = person.deletedAt;
	if (!from) return;
	if (ctx.clock().getTime() - from.getTime() > undoMs) throw tooLate();
	const touched = await deletionRows.touchedBy(ctx.db, workspaceId, contactId, from);
	await writing(ctx, workspaceId, touched, () =>
		deletionRows.setPersonDeletedAt(ctx.db, workspaceId, contactId, { from, to: null }),
	);
};

/**
 * The job "erase-person": removes everything about them, unless they were restored. That they wanted no mail, or could
 * get none, is remembered by a keyed hash of the address, so that a later import does not write to them again. Waits for
 * imports under way: their files may name the person, and refuse to bring in who is deleted but not who is gone.
 */
export const erasePerson = async (
	ctx: Context,
	payload: { workspaceId: string; contactId: string; deletedAt: string },
): Promise<void> => {
	const { workspaceId, contactId, deletedAt } = payload;
	const person = await deletionRows.findPerson(ctx.db, workspaceId, contactId);
	if (person?.deletedAt?.getTime() !== new Date(deletedAt).getTime()) return;
	if (await importRows.isAnyWorking(ctx.db, workspaceId)) {
		const at = new Date(ctx.clock().getTime() + importWaitMs);
		return ctx.jobs.enqueue('erase-person', payload, { at, key: contactId });
	}
	const { email, unsubscribedAt, bouncedAt } = person;
	if (unsubscribedAt || bouncedAt)
		await suppressions.add(ctx.db, ctx.secret, workspaceId, email, { unsubscribedAt, bouncedAt });
	// What others' rows repeat of them first: it is found by what is theirs, also when this is tried again.
	const known = await traces.addressesOf(ctx.db, workspaceId, contactId, email);
	// As files may write them: ana@xn--mller-kva.de is ana@müller.de, too.
	const addresses = [...new Set([...known, ...known.map((address) => address.replace(/[^@]+$/, domainToUnicode))])];
	await forgetUploadsWith(ctx, workspaceId, addresses);
	await traces.removePerson(ctx.db, workspaceId, contactId, addresses);
	await traces.removeAnswers(ctx.db, workspaceId, await traces.answersOf(ctx.db, workspaceId, contactId));
	// An answer they gave meanwhile was counted.
	const touched = await deletionRows.touchedBy(ctx.db, workspaceId, contactId, null);
	await writing(ctx, workspaceId, touched, () => deletionRows.erasePerson(ctx.db, workspaceId, contactId));
};
