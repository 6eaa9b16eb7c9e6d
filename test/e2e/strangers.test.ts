// What somebody with a workspace of their own learns about another one: nothing, not even that it is there.
import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { makeAnswers, makeContact, makeSurvey, makeTenant, tokenOf } from '#test/support/factories.ts';
import { ask } from './support/asking.ts';
import { runImport, uploadCsv } from './support/importing.ts';
import { furnish, type Furnished } from './support/workspace.ts';

let mine: Furnished;
let theirs: Record<
	'slug' | 'id' | 'survey' | 'person' | 'sending' | 'mail' | 'answer' | 'imported' | 'waiting',
	string
>;
let cookie: string;
const secretWord = 'Orchid';

test.beforeAll(async () => {
	mine = await furnish('Mine');
	const { ctx } = mine;
	const { name, value } = await mine.signIn();
	cookie = `${name}=${value}`;
	const { workspace, scope } = await makeTenant(ctx, { name: `${secretWord} House`, slug: 'orchid-house' });
	const survey = await makeSurvey(ctx, workspace.id, { name: secretWord });
	const person = await makeContact(ctx, workspace.id, { name: secretWord, email: 'orchid@customers.lk' });
	const [answer] = await makeAnswers(ctx, workspace.id, survey, [
		{ score: 3, at: new Date().toISOString(), comment: secretWord, contactId: person },
	]);
	const session = await mine.signIn(scope.userId);
	const asThem = { cookie: `${session.name}=${session.value}` };
	const base = `/w/${workspace.slug}`;
	expect((await ask(mine.product, `${base}/sendings/new?/test`, { fields: { survey }, headers: asThem })).status).toBe(
		200,
	);
	const mail = await ctx.db.models.mailboxMessages.findOne({}).lean<{ _id: object }>();
	const sent = await ask(mine.product, `${base}/sendings/new?/send`, {
		fields: { survey, to: 'all', when: 'now', submissionKey: 'a'.repeat(32) },
		headers: asThem,
	});
	const idIn = (path: string) => path.split('/').pop()!;
	const given = { slug: workspace.slug, cookie: asThem.cookie, fileName: `${secretWord}.csv` };
	const people = `email,name\n${secretWord},Refused\nrose@customers.lk,Rose\n`;
	const imported = await uploadCsv(mine.product, { ...given, kind: 'people', text: people });
	await runImport(mine.product, imported, asThem.cookie, ['email', 'name']);
	const waiting = await uploadCsv(mine.product, { ...given, kind: 'answers', text: 'score,when\n9,2024-01-02\n' });
	theirs = {
		imported: idIn(imported),
		waiting: idIn(waiting),
		slug: workspace.slug,
		id: workspace.id,
		survey,
		person,
		sending: idIn(sent.headers.get('location')!),
		mail: String(mail!._id),
		answer: answer!,
	};
});
test.afterAll(() => mine.stop());

const nobodys = () => randomBytes(12).toString('hex');

/** The page without what differs between any two answers. */
const essence = (text: string, ...named: string[]) =>
	named.reduce((rest, name) => rest.replaceAll(name, '…'), text.replace(/nonce="[^"]*"|[0-9a-z]{6,7}(?==)/g, ''));

const pages: [what: string, path: (id: string) => string, id: () => string][] = [
	['survey', (id) => `/w/${mine.slug}/surveys/${id}`, () => theirs.survey],
	['survey filtered', (id) => `/w/${mine.slug}/surveys/${id}?words=${secretWord}`, () => theirs.survey],
	['editor', (id) => `/w/${mine.slug}/surveys/${id}/edit`, () => theirs.survey],
	['preview', (id) => `/w/${mine.slug}/surveys/${id}/preview`, () => theirs.survey],
	['share page', (id) => `/w/${mine.slug}/surveys/${id}/share`, () => theirs.survey],
	['export', (id) => `/w/${mine.slug}/surveys/${id}/answers.csv`, () => theirs.survey],
	['export of people', (id) => `/w/${mine.slug}/surveys/${id}/people.csv`, () => theirs.survey],
	['revision', (id) => `/w/${mine.slug}/surveys/${id}/revision`, () => theirs.survey],
	['person', (id) => `/w/${mine.slug}/people/${id}`, () => theirs.person],
	['person’s form', (id) => `/w/${mine.slug}/people/${id}/edit`, () => theirs.person],
	['sending', (id) => `/w/${mine.slug}/sendings/${id}`, () => theirs.sending],
	['sending’s progress', (id) => `/w/${mine.slug}/sendings/${id}/progress`, () => theirs.sending],
	['import', (id) => `/w/${mine.slug}/imports/${id}`, () => theirs.imported],
	['import that waits', (id) => `/w/${mine.slug}/imports/${id}`, () => theirs.waiting],
	['import’s progress', (id) => `/w/${mine.slug}/imports/${id}/progress`, () => theirs.imported],
	['import’s refused rows', (id) => `/w/${mine.slug}/imports/${id}/refused.csv`, () => theirs.imported],
	['mail’s preview', (id) => `/w/${mine.slug}/sendings/preview?survey=${id}`, () => theirs.survey],
	['mail', (id) => `/mailbox/${id}`, () => theirs.mail],
	['mail’s frame', (id) => `/mailbox/${id}/frame`, () => theirs.mail],
	['workspace', (id) => `/w/${id}/surveys`, () => theirs.slug],
	['workspace’s people', (id) => `/w/${id}/people`, () => theirs.slug],
];

for (const [what, path, id] of pages)
	test(`another workspace’s ${what} is as little there as one that nobody has`, async () => {
		const real = id();
		const made = nobodys();
		for (const accept of ['text/html', 'application/json']) {
			const headers = { cookie, accept };
			const [found, missing] = await Promise.all(
				[real, made].map((each) => ask(mine.product, path(each), { headers })),
			);
			expect([400, 404]).toContain(found!.status);
			expect(missing!.status).toBe(found!.status);
			expect(essence(found!.text, real)).toBe(essence(missing!.text, made));
			expect(found!.text.replace(encodeURIComponent(secretWord), '')).not.toContain(secretWord.concat(' '));
		}
	});

test('a list of mine is narrowed by their words and ids to nothing', async () => {
	const survey = await makeSurvey(mine.ctx, mine.workspaceId);
	for (const path of [
		`/w/${mine.slug}/people?words=orchid%40customers.lk`,
		`/w/${mine.slug}/people?after=${theirs.person}`,
		`/w/${mine.slug}/surveys/${survey}?by=${theirs.survey}`,
		`/w/${mine.slug}/sendings/new?survey=${theirs.survey}`,
		`/w/${mine.slug}/imports`,
		`/w/${mine.slug}/imports/answers?survey=${theirs.survey}`,
		'/mailbox',
		'/',
	]) {
		const { text } = await ask(mine.product, path, { headers: { cookie } });
		expect(text, path).not.toContain(`${secretWord} House`);
		expect(text.replaceAll('orchid%40customers.lk', '').replaceAll('words=', ''), path).not.toContain('>orchid@');
	}
});

test('a write that names a row of theirs finds nothing and changes nothing', async () => {
	const rows = async () =>
		JSON.stringify(
			await Promise.all(
				(['surveys', 'contacts', 'sendings', 'responses', 'mailboxMessages', 'imports'] as const).map((name) =>
					mine.ctx.db.connection
						.collection(name)
						.find(['mailboxMessages', 'imports'].includes(name) ? {} : { name: secretWord })
						.toArray(),
				),
			),
		);
	const survey = await makeSurvey(mine.ctx, mine.workspaceId);
	const file = { slug: mine.slug, cookie, kind: 'answers', text: 'score,when\n9,2024-01-02\n' } as const;
	const own = (await uploadCsv(mine.product, file)).split('/').pop()!;
	const before = await rows();
	const { survey: s, person, sending, answer, imported, waiting } = theirs;
	const asAnswers = { 'columns.0': 'score', 'columns.1': 'date', timeZone: 'UTC', dateFormat: 'auto' };
	const writes: [path: string, fields: Record<string, string>][] = [
		[`/surveys/${s}/edit?/save`, { name: 'Taken', draftRevision: '1', 'draft.brand.colour': '#000000' }],
		[`/surveys/${s}/edit?/close`, { draftRevision: '1' }],
		[`/surveys/${s}?/deleteAnswer`, { answer, answerId: answer, id: answer }],
		[`/surveys/${survey}?/deleteAnswer`, { answer, answerId: answer, id: answer }],
		[`/people/${person}?/delete`, {}],
		[`/people/${person}/edit?/save`, { name: 'Taken', email: 'taken@customers.lk' }],
		[`/people/${person}/edit?/unsubscribe`, {}],
		[`/people/new?/undo`, { ids: person }],
		[`/imports/${imported}?/undo`, {}],
		[`/imports/${waiting}?/discard`, {}],
		[`/imports/${waiting}?/start`, { ...asAnswers, survey: 'new', name: 'Taken', metric: 'nps' }],
		[`/imports/${own}?/start`, { ...asAnswers, survey: s }],
		[`/sendings/${sending}?/cancel`, {}],
		[`/sendings/new?/test`, { survey: s }],
		[`/sendings/new?/send`, { survey: s, to: 'all', when: 'now', submissionKey: 'b'.repeat(32) }],
	];
	for (const [path, fields] of writes) {
		const reply = await ask(mine.product, `/w/${mine.slug}${path}`, { fields, headers: { cookie } });
		expect(`${path} ${reply.status}`).toMatch(/ (200|4\d\d)$/);
		expect(reply.text).not.toContain(`${secretWord} House`);
	}
	expect(await rows()).toBe(before);
});

test('a link of theirs signed for another row, another purpose or another workspace opens nothing', async () => {
	const { ctx } = mine;
	const good = tokenOf(ctx, 'open', theirs.id, theirs.survey);
	const bytes = Buffer.from(good, 'base64url');
	const altered = (index: number) => {
		const copy = Buffer.from(bytes);
		copy[index]! ^= 1;
		return copy.toString('base64url');
	};
	const wrong = [
		altered(0),
		altered(5),
		altered(20),
		altered(bytes.length - 1),
		good.slice(0, -1),
		`${good}A`,
		tokenOf(ctx, 'open', mine.workspaceId, theirs.survey),
		tokenOf(ctx, 'answer', theirs.id, theirs.survey),
		tokenOf({ ...ctx, secret: randomBytes(32) }, 'open', theirs.id, theirs.survey),
	];
	expect((await ask(mine.product, `/s/${good}`)).status).toBe(200);
	for (const token of wrong)
		for (const door of ['s', 'e', 'u']) {
			const reply = await ask(mine.product, `/${door}/${token}`);
			expect([404, 410], `${door} ${token}`).toContain(reply.status);
			expect(reply.text).not.toContain(secretWord);
			expect((await ask(mine.product, `/${door}/${token}`, { fields: { score: '9' } })).status).toBe(reply.status);
		}
});
