// Templates of one's own, surveys as files, and translations, on a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Conflict, Invalid, NotFound } from '#lib/domain/errors.ts';
import * as logos from '#lib/server/services/logos.ts';
import * as files from '#lib/server/services/survey-files.ts';
import * as templates from '#lib/server/services/survey-templates.ts';
import * as surveys from '#lib/server/services/surveys.ts';
import * as translations from '#lib/server/services/translations.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeSurvey, makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
beforeAll(async () => {
	ctx = await testContext();
});
afterAll(() => ctx.close());

/** The smallest PNG there is: one pixel. */
const pixel = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);
const texts = { en: { question: 'How was {order number|it}?' } };
const world = async () => {
	const { workspace, scope } = await makeTenant(ctx);
	return { workspace, scope, survey: await makeSurvey(ctx, workspace.id, { definition: { texts } }) };
};

describe('a template of one’s own', () => {
	const words = { name: 'Orders', purpose: 'After each order' };

	test('is the survey’s draft, stands in its workspace alone, and is there once however often it is sent', async () => {
		const [{ scope, survey }, other] = [await world(), await world()];
		const id = surveys.newId(ctx);
		await templates.save(ctx, scope, survey, id, words);
		await templates.save(ctx, scope, survey, id, words);
		const [template, ...rest] = await templates.list(ctx, scope);
		expect(rest).toEqual([]);
		expect(template).toMatchObject({ id, ...words });
		expect(template!.definition.texts).toEqual(texts);
		expect(await templates.list(ctx, other.scope)).toEqual([]);
		await expect(templates.byId(ctx, other.scope, id)).rejects.toThrow(NotFound);
		await expect(templates.remove(ctx, other.scope, id)).rejects.toThrow(NotFound);
	});

	test('has a name that no other has, whatever its case, when saved and when renamed', async () => {
		const { scope, survey } = await world();
		const [first, second] = [surveys.newId(ctx), surveys.newId(ctx)];
		await templates.save(ctx, scope, survey, first, words);
		await expect(templates.save(ctx, scope, survey, second, { name: 'ORDERS', purpose: '' })).rejects.toThrow(Invalid);
		await templates.save(ctx, scope, survey, second, { name: 'Visits', purpose: '' });
		await expect(templates.rename(ctx, scope, second, { name: 'orders', purpose: '' })).rejects.toThrow(/already/);
		await templates.rename(ctx, scope, second, { name: 'VISITS', purpose: 'x' });
		expect((await templates.list(ctx, scope)).map(({ name }) => name)).toEqual(['Orders', 'VISITS']);
	});

	test('is deleted and put back as it was, unless its name was given away', async () => {
		const { scope, survey } = await world();
		const id = surveys.newId(ctx);
		await templates.save(ctx, scope, survey, id, words);
		const gone = await templates.remove(ctx, scope, id);
		expect(await templates.list(ctx, scope)).toEqual([]);
		await templates.restore(ctx, scope, gone);
		expect(await templates.list(ctx, scope)).toEqual([gone]);
		await templates.remove(ctx, scope, id);
		await templates.save(ctx, scope, survey, surveys.newId(ctx), words);
		await expect(templates.restore(ctx, scope, gone)).rejects.toThrow(/another name/);
	});
});

describe('a survey as a file', () => {
	test('comes into another workspace with its logo, and twice is once', async () => {
		const [from, to] = [await world(), await world()];
		const logoId = await logos.add(ctx, from.scope, new File([pixel], 'logo.png'));
		const { name, draft, draftRevision } = await surveys.byId(ctx, from.scope, from.survey);
		const branded = { ...draft, brand: { ...draft.brand, logoId } };
		await surveys.saveDraft(ctx, from.scope, from.survey, { name, draft: branded, draftRevision });
		const { fileName, text } = await files.write(ctx, from.scope, from.survey);
		expect(fileName).toBe('after-a-purchase.json');
		expect(JSON.parse(text).$schema).toBe('https://heed.test/schema/survey-1.json');
		const id = surveys.newId(ctx);
		const { survey, hasLostLogo } = await files.take(ctx, to.scope, { id, text });
		expect(hasLostLogo).toBe(false);
		const kept = survey.draft.brand.logoId!;
		expect((await logos.byId(ctx, to.workspace.id, kept)).mediaType).toBe('image/png');
		expect({ ...survey.draft, brand: { ...survey.draft.brand, logoId } }).toEqual(branded);
		expect(survey).toMatchObject({ status: 'draft', version: null, name });
		await files.take(ctx, to.scope, { id, text });
		expect((await surveys.list(ctx, to.scope)).map((each) => each.id)).toEqual([id, to.survey]);
	});

	test('keeps a survey whose logo is no picture, without it', async () => {
		const { scope, survey } = await world();
		const file = JSON.parse((await files.write(ctx, scope, survey)).text);
		const text = JSON.stringify({
			...file,
			logo: `data:image/png;base64,${Buffer.from('no picture').toString('base64')}`,
		});
		const taken = await files.take(ctx, scope, { id: surveys.newId(ctx), text });
		expect(taken.hasLostLogo).toBe(true);
		expect(taken.survey.draft.brand.logoId).toBeNull();
	});

	test('that is none makes nothing, and says what is wrong where', async () => {
		const { scope, survey } = await world();
		const text = (await files.write(ctx, scope, survey)).text.replace('"nps"', '"nope"');
		const taking = files.take(ctx, scope, { id: surveys.newId(ctx), text });
		await expect(taking).rejects.toMatchObject({ fields: { 'definition.metric': expect.any(String) } });
		expect(await surveys.list(ctx, scope)).toHaveLength(1);
	});

	test('has a schema that is made once', () => {
		expect(files.schema(ctx)).toBe(files.schema(ctx));
		expect(JSON.parse(files.schema(ctx)).$id).toBe('https://heed.test/schema/survey-1.json');
	});
});

describe('translations', () => {
	test('two people write in two places at once, and both are kept', async () => {
		const { scope, survey } = await world();
		const write = (key: string, text: string) =>
			translations.save(ctx, scope, survey, { language: 'si', texts: { [key]: text }, before: {} });
		await Promise.all([write('question', 'කොහොමද?'), write('thanks', 'ස්තුතියි')]);
		const { draft } = await surveys.byId(ctx, scope, survey);
		expect(draft.texts.si).toEqual({ question: 'කොහොමද?', thanks: 'ස්තුතියි' });
	});

	test('whoever writes over what they did not see is told, and nothing is lost', async () => {
		const { scope, survey } = await world();
		const write = (text: string, before: string) =>
			translations.save(ctx, scope, survey, { language: 'si', texts: { thanks: text }, before: { thanks: before } });
		await write('ස්තුතියි', '');
		await expect(write('බොහොම ස්තුතියි', '')).rejects.toThrow(Conflict);
		expect((await surveys.byId(ctx, scope, survey)).draft.texts.si).toEqual({ thanks: 'ස්තුතියි' });
		await write('බොහොම ස්තුතියි', 'ස්තුතියි');
		// Once more, as after a reply that was lost.
		await write('බොහොම ස්තුතියි', 'ස්තුතියි');
		expect((await surveys.byId(ctx, scope, survey)).draft.texts.si).toEqual({ thanks: 'බොහොම ස්තුතියි' });
	});

	test('a language is removed and put back with all that was written in it', async () => {
		const { scope, survey } = await world();
		await translations.addLanguage(ctx, scope, survey, 'ar');
		await translations.save(ctx, scope, survey, { language: 'ar', texts: { thanks: 'شكرا' }, before: {} });
		const gone = await translations.removeLanguage(ctx, scope, survey, 'ar');
		expect((await surveys.byId(ctx, scope, survey)).draft.texts).toEqual(texts);
		await translations.restoreLanguage(ctx, scope, survey, 'ar', JSON.stringify(gone));
		expect((await surveys.byId(ctx, scope, survey)).draft.texts.ar).toEqual({ thanks: 'شكرا' });
		await expect(translations.removeLanguage(ctx, scope, survey, 'en')).rejects.toThrow(/base language/);
	});

	test('an edit of the base leaves its translations out of date, until each is written anew or confirmed', async () => {
		const { scope, workspace, survey } = await world();
		for (const [language, thanks] of [
			['si', 'ස්තුතියි'],
			['ar', 'شكرا'],
			['de', 'Danke'],
		] as const)
			await translations.save(ctx, scope, survey, { language, texts: { thanks }, before: {} });
		const { name, draft, draftRevision } = await surveys.byId(ctx, scope, survey);
		const edited = { ...draft, texts: { ...draft.texts, en: { ...texts.en, thanks: 'Thank you so much' } } };
		await surveys.saveDraft(ctx, scope, survey, { draftRevision, name, draft: edited });
		const noted = async () => (await surveys.byId(ctx, scope, survey)).outdated;
		const left = (...languages: string[]) => [{ key: 'thanks', was: '', languages }];
		expect(await noted()).toEqual(left('ar', 'de', 'si'));
		expect((await translations.write(ctx, scope, workspace, survey)).text).toContain('(out of date: ar, de, si)');
		await translations.confirm(ctx, scope, survey, 'de', 'thanks');
		await translations.confirm(ctx, scope, survey, 'de', 'thanks');
		await translations.confirm(ctx, scope, survey, 'de', 'nowhere');
		expect(await noted()).toEqual(left('ar', 'si'));
		const copy = await surveys.duplicate(ctx, scope, survey, { id: surveys.newId(ctx), name: 'Copy' });
		expect(copy.outdated).toEqual(left('ar', 'si'));
		const removed = await translations.removeLanguage(ctx, scope, survey, 'si');
		expect(await noted()).toEqual(left('ar'));
		await translations.restoreLanguage(ctx, scope, survey, 'si', JSON.stringify(removed));
		expect((await noted())!.flatMap(({ languages }) => languages).sort()).toEqual(['ar', 'si']);
		await translations.save(ctx, scope, survey, {
			language: 'si',
			texts: { thanks: 'බොහොම ස්තුතියි' },
			before: { thanks: 'ස්තුතියි' },
		});
		expect(await noted()).toEqual(left('ar'));
		expect((await surveys.byId(ctx, scope, survey)).draft.texts.de).toEqual({ thanks: 'Danke' });
	});

	test('a survey kept before translations were compared is edited as any other', async () => {
		const { scope, workspace, survey } = await world();
		await translations.save(ctx, scope, survey, { language: 'de', texts: { question: 'Wie war es?' }, before: {} });
		await ctx.db.models.surveys.updateOne({ _id: survey, workspaceId: workspace.id }, { $unset: { outdated: 1 } });
		const { name, draft, draftRevision, outdated } = await surveys.byId(ctx, scope, survey);
		expect(outdated).toBeUndefined();
		expect((await translations.write(ctx, scope, workspace, survey)).text).not.toContain('out of date');
		await surveys.saveDraft(ctx, scope, survey, {
			draftRevision,
			name,
			draft: { ...draft, texts: { ...draft.texts, en: { question: 'How was your visit?' } } },
		});
		expect((await surveys.byId(ctx, scope, survey)).outdated).toEqual([
			{ key: 'question', was: 'How was {order number|it}?', languages: ['de'] },
		]);
	});

	test('a file goes out and comes back translated; what lost a name is refused by its line', async () => {
		const { scope, workspace, survey } = await world();
		await translations.addLanguage(ctx, scope, survey, 'si');
		const { text } = await translations.write(ctx, scope, workspace, survey);
		expect(text.startsWith('\uFEFFkey,context,base,si\r\n')).toBe(true);
		const filled = text
			.replace('"How was {order number|it}?",', '"How was {order number|it}?",කොහොමද?')
			.replace('Extremely likely,', 'Extremely likely,බොහෝ දුරට');
		const taken = await translations.take(ctx, scope, workspace, survey, Uint8Array.from(Buffer.from(filled)));
		expect(taken.changed).toEqual({ si: 1 });
		expect(taken.refused).toEqual([{ line: 2, language: 'si', reason: { is: 'lost-names', names: ['order number'] } }]);
		expect((await surveys.byId(ctx, scope, survey)).draft.texts.si).toEqual({ highLabel: 'බොහෝ දුරට' });
	});
});
