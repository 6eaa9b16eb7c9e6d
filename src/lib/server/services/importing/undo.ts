// Takes back what an import did: its answers go, the people it brought go unless they were asked since, and those it
// changed get back what they were. Each step may be repeated.
import { isSame, restore } from '#lib/domain/contact/merge.ts';
import type { Import } from '#lib/domain/import/import.ts';
import type { Context } from '../../context.ts';
import * as contactImports from '../../db/contact-imports.ts';
import * as importedAnswers from '../../db/imported-answers.ts';
import * as staleDays from '../../db/stale-days.ts';
import * as suppressions from '../../db/suppressions.ts';
import * as surveys from '../../db/surveys.ts';

const batchSize = 500;

/** Called between steps; false when this worker is to leave off. */
export type GoOn = () => Promise<boolean>;

const undoAnswers = async (ctx: Context, { workspaceId, id, surveyId }: Import, goOn: GoOn): Promise<boolean> => {
	if (!surveyId) return true;
	for (;;) {
		const answers = await importedAnswers.broughtBy(ctx.db, workspaceId, id, batchSize);
		if (!answers.length) return true;
		const days = answers.map(({ answeredAt }) => answeredAt);
		const mark = () => staleDays.mark(ctx.db, workspaceId, surveyId, days, ctx.clock());
		await mark();
		await importedAnswers.remove(
			ctx.db,
			workspaceId,
			answers.map((answer) => answer.id),
		);
		await mark();
		await surveys.bumpRevision(ctx.db, workspaceId, surveyId);
		if (!(await goOn())) return false;
	}
};

const undoPeople = async (ctx: Context, { workspaceId, id }: Import, goOn: GoOn): Promise<boolean> => {
	for (let after: string | null = null; ;) {
		const people = await contactImports.broughtBy(ctx.db, workspaceId, id, { after, limit: batchSize });
		if (!people.length) return true;
		after = people.at(-1)!.id;
		const ids = people.map((person) => person.id);
		const met = await contactImports.met(ctx.db, workspaceId, id, ids);
		const leaving = people.filter((person) => !met.has(person.id));
		// Whoever said no must not be asked again when the same file comes back.
		for (const { email, ...state } of leaving)
			if (state.unsubscribedAt || state.bouncedAt)
				await suppressions.add(ctx.db, ctx.secret, workspaceId, email, state);
		await contactImports.remove(
			ctx.db,
			workspaceId,
			id,
			leaving.map((person) => person.id),
		);
		if (!(await goOn())) return false;
	}
};

const undoChanges = async (ctx: Context, { workspaceId, id }: Import, goOn: GoOn): Promise<boolean> => {
	for (;;) {
		const changes = await contactImports.changes(ctx.db, workspaceId, id, batchSize);
		if (!changes.length) return true;
		const back = changes.flatMap(({ id: contactId, before, after, now }) => {
			if (!now) return [];
			const isAskedSince = now.lastAskedAt?.getTime() !== after.lastAskedAt?.getTime();
			const to = {
				...restore(now, before, after),
				lastAskedAt: isAskedSince ? now.lastAskedAt : before.lastAskedAt,
			};
			const isBack = isSame(now, to) && now.lastAskedAt === to.lastAskedAt;
			return isBack ? [] : [{ id: contactId, before: now, after: to }];
		});
		// Somebody who was changed in this very moment is read again with the next batch.
		const changed = await contactImports.change(ctx.db, workspaceId, back);
		if (changed === back.length)
			await contactImports.forget(
				ctx.db,
				workspaceId,
				id,
				changes.map((change) => change.id),
			);
		if (!(await goOn())) return false;
	}
};

/** Undoes an import from wherever it stands. Null when it had to leave off, else how many people stayed. */
export const undo = async (ctx: Context, given: Import, goOn: GoOn): Promise<number | null> => {
	for (const step of [undoAnswers, undoPeople, undoChanges]) if (!(await step(ctx, given, goOn))) return null;
	return contactImports.countBrought(ctx.db, given.workspaceId, given.id);
};
