// Who may ask what: every load, action and endpoint of the file tree, asked for real by every kind of person.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model } from 'mongoose';
import { sessionStore } from '#lib/server/auth/lucia.ts';
import * as mailbox from '#lib/server/db/mailbox.ts';
import { shardKeys } from '#lib/server/db/rows/index.ts';
import { makeContact, makeMember, makeSurvey, makeTenant } from '#test/support/factories.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { ask, findAll, type Answer } from '#test/support/routes.ts';

/** "some owner": of any workspace, where the address names none. */
type Access = 'anyone' | 'user' | 'viewer' | 'member' | 'owner' | 'some owner';

/**
 * The least that somebody must be. A new route, action or endpoint needs a line here: its folder under src/routes, then
 * "layout", "load", "?/action" or the method, and what its guard asks for.
 */
const table: Record<string, Record<string, Access>> = {
	healthz: { GET: 'anyone' },

	's/[token]': { layout: 'anyone', load: 'anyone', '?/default': 'anyone' },
	'u/[token]': { layout: 'anyone', load: 'anyone', '?/default': 'anyone' },
	'logo/[workspaceId]/[logo]': { GET: 'anyone' },
	'e/[token]': { layout: 'anyone', load: 'anyone', '?/default': 'anyone' },

	'(auth)/setup': { load: 'anyone', '?/default': 'anyone' },
	'(auth)/sign-in': { load: 'anyone', '?/default': 'anyone' },
	'(auth)/sign-out': { load: 'user', '?/default': 'anyone' },
	'(auth)/forgot': { load: 'anyone', '?/default': 'anyone' },
	'(auth)/reset/[token]': { load: 'anyone', '?/default': 'anyone' },
	'(auth)/join/[token]': { load: 'anyone', '?/accept': 'user', '?/create': 'anyone' },

	'(app)': { layout: 'user', load: 'user' },
	'(app)/account': {
		load: 'user',
		'?/rename': 'user',
		'?/password': 'user',
		'?/signOutElsewhere': 'user',
		'?/signOutEverywhere': 'user',
	},
	'(app)/new-workspace': { load: 'user', '?/default': 'user' },

	'(app)/mailbox': { load: 'some owner', '?/clear': 'some owner', '?/restore': 'some owner' },
	'(app)/mailbox/[message]': { load: 'some owner' },
	'(app)/mailbox/[message]/frame': { GET: 'some owner' },

	'(app)/w/[workspace]': { layout: 'viewer', load: 'viewer' },
	'(app)/w/[workspace]/[...rest]': { load: 'viewer' },
	'(app)/w/[workspace]/surveys': { load: 'viewer', '?/addSample': 'member', '?/removeSample': 'member' },
	'(app)/w/[workspace]/surveys/new': {
		load: 'member',
		'?/create': 'member',
		'?/import': 'member',
		'?/rename': 'member',
		'?/remove': 'member',
		'?/restore': 'member',
	},
	'(app)/w/[workspace]/surveys/[survey]/survey.json': { GET: 'member' },
	'(app)/w/[workspace]/surveys/[survey]/texts.csv': { GET: 'member' },
	'(app)/w/[workspace]/surveys/[survey]/translations': {
		load: 'member',
		'?/save': 'member',
		'?/confirm': 'member',
		'?/add': 'member',
		'?/remove': 'member',
		'?/restore': 'member',
		'?/import': 'member',
	},
	'schema/survey-1.json': { GET: 'anyone' },
	'(app)/w/[workspace]/surveys/[survey]': { load: 'viewer', '?/deleteAnswer': 'member', '?/restoreAnswer': 'member' },
	'(app)/w/[workspace]/surveys/[survey]/revision': { GET: 'viewer' },
	'(app)/w/[workspace]/surveys/[survey]/answers.csv': { GET: 'viewer' },
	'(app)/w/[workspace]/surveys/[survey]/people.csv': { GET: 'viewer' },
	'(app)/w/[workspace]/people/import': { load: 'member', '?/default': 'member' },
	'(app)/w/[workspace]/people/[person]': { load: 'viewer', '?/delete': 'member', '?/restore': 'member' },
	'(app)/w/[workspace]/imports': { load: 'viewer' },
	'(app)/w/[workspace]/imports/answers': { load: 'member', '?/default': 'member' },
	'(app)/w/[workspace]/imports/[import]': {
		load: 'viewer',
		'?/start': 'member',
		'?/check': 'member',
		'?/discard': 'member',
		'?/undo': 'member',
	},
	'(app)/w/[workspace]/imports/[import]/progress': { GET: 'viewer' },
	'(app)/w/[workspace]/imports/[import]/refused.csv': { GET: 'viewer' },
	'(app)/w/[workspace]/surveys/[survey]/edit': {
		load: 'member',
		'?/save': 'member',
		'?/logo': 'member',
		'?/publish': 'member',
		'?/pause': 'member',
		'?/resume': 'member',
		'?/close': 'member',
		'?/reopen': 'member',
	},
	'(app)/w/[workspace]/surveys/[survey]/edit/draft': { PUT: 'member' },
	'(app)/w/[workspace]/surveys/[survey]/edit/properties': { GET: 'member' },
	'(app)/w/[workspace]/surveys/[survey]/preview': { load: 'viewer', '?/default': 'member' },
	'(app)/w/[workspace]/surveys/[survey]/preview/people': { GET: 'viewer' },
	'(app)/w/[workspace]/surveys/[survey]/share': {
		load: 'viewer',
		'?/revoke': 'member',
		'?/restore': 'member',
		'?/template': 'member',
	},
	'(app)/w/[workspace]/surveys/[survey]/versions': { load: 'viewer' },
	'(app)/w/[workspace]/surveys/[survey]/settings': {
		load: 'member',
		'?/save': 'member',
		'?/archive': 'member',
		'?/unarchive': 'member',
		'?/duplicate': 'member',
		'?/delete': 'member',
		'?/restore': 'member',
	},
	'(app)/w/[workspace]/surveys/revision': { GET: 'viewer' },
	'(app)/w/[workspace]/settings/touchpoints': {
		load: 'member',
		'?/add': 'member',
		'?/rename': 'member',
		'?/step': 'member',
		'?/drop': 'member',
		'?/remove': 'member',
		'?/restore': 'member',
	},
	'(app)/w/[workspace]/sendings': { load: 'viewer' },
	'(app)/w/[workspace]/sendings/new': { load: 'member', '?/test': 'member', '?/send': 'member' },
	'(app)/w/[workspace]/sendings/preview': { GET: 'viewer' },
	'(app)/w/[workspace]/sendings/[sending]': { load: 'viewer', '?/cancel': 'member', '?/undo': 'member' },
	'(app)/w/[workspace]/sendings/[sending]/progress': { GET: 'viewer' },
	'(app)/w/[workspace]/people': { load: 'viewer' },
	'(app)/w/[workspace]/people/new': { load: 'member', '?/add': 'member', '?/undo': 'member' },
	'(app)/w/[workspace]/people/[person]/edit': {
		load: 'member',
		'?/save': 'member',
		'?/unsubscribe': 'member',
		'?/subscribe': 'member',
	},
	'(app)/w/[workspace]/settings': { load: 'member', '?/workspace': 'owner', '?/checkMail': 'owner' },
	'(app)/w/[workspace]/team': {
		load: 'viewer',
		'?/invite': 'owner',
		'?/resend': 'owner',
		'?/withdraw': 'owner',
		'?/role': 'owner',
		'?/remove': 'owner',
		'?/restore': 'owner',
		'?/alerts': 'member',
	},
};

/** Forms for those that look at what was sent before they look at who sent it. */
const forms: Record<string, Record<string, string>> = {
	'(app)/mailbox ?/restore': { clearedAt: '2026-03-02T09:00:00Z' },
};

const people = ['nobody', 'stranger', 'viewer', 'member', 'owner'] as const;
type Person = (typeof people)[number];

/** let in: whatever the handler then says; sign in: asked who they are; refused: known, but not enough; hidden: as if it were not there. */
type Outcome = 'let in' | 'sign in' | 'refused' | 'hidden';

const expected = (access: Access, person: Person): Outcome => {
	if (access === 'anyone') return 'let in';
	if (person === 'nobody') return 'sign in';
	if (access === 'user') return 'let in';
	if (access === 'some owner') return person === 'owner' || person === 'stranger' ? 'let in' : 'refused';
	if (person === 'stranger') return 'hidden';
	const ranks = ['viewer', 'member', 'owner'];
	return ranks.indexOf(person) >= ranks.indexOf(access) ? 'let in' : 'refused';
};

const outcomeOf = ({ status, message, location }: Answer, method: string): Outcome => {
	if (status === 401 || (method === 'GET' && status === 303 && /^\/sign-in(\?|$)/.test(location ?? '')))
		return 'sign in';
	if (status === 403 && /needs the role|Only owners/.test(message ?? '')) return 'refused';
	if (status === 404 && /no such workspace/.test(message ?? '')) return 'hidden';
	return 'let in';
};

let ctx: TestContext;
beforeAll(async () => {
	// The database sweeps out old mails by the machine's time, in the middle of a long run.
	ctx = await testContext({ now: new Date() });
});
afterAll(() => ctx.close());

/** A workspace with everything in it that a route may name, and a session for each person. */
const world = async () => {
	const { workspace, scope } = await makeTenant(ctx);
	const strangers = await makeTenant(ctx);
	const userIds: Record<Exclude<Person, 'nobody'>, string> = {
		owner: scope.userId,
		member: (await makeMember(ctx, workspace.id, { role: 'member' })).userId,
		viewer: (await makeMember(ctx, workspace.id, { role: 'viewer' })).userId,
		stranger: strangers.scope.userId,
	};
	const tokenOf = async (person: Person) =>
		person === 'nobody' ? undefined : (await sessionStore(ctx).open(userIds[person], 'a test')).token;
	const survey = await makeSurvey(ctx, workspace.id);
	const contact = await makeContact(ctx, workspace.id);
	await ctx.mailer.send({
		to: 'ann@shop.test',
		subject: 'A word',
		html: '<p>A word</p>',
		text: 'A word',
		kind: 'survey',
		workspaceId: workspace.id,
	});
	const [mail] = await mailbox.list(ctx.db, workspace.id, { before: null, limit: 1 });
	const nothing = 'f'.repeat(24);
	const params: Record<string, string> = {
		workspace: workspace.slug,
		survey,
		person: contact,
		contact,
		sending: nothing,
		import: nothing,
		response: nothing,
		rest: 'nothing',
		message: mail!.id,
		workspaceId: workspace.id,
		logo: nothing,
		token: 'not-a-token',
	};
	/** All that the workspace has. */
	const all = async () => {
		const found: unknown[] = [await ctx.rows.workspaces.findById(workspace.id).lean()];
		for (const name of tenantCollections)
			found.push(await (ctx.rows[name] as Model<unknown>).find({ workspaceId: workspace.id }).lean());
		return JSON.parse(JSON.stringify(found)) as unknown;
	};
	return { params, tokenOf, all, strangersSlug: strangers.workspace.slug };
};

const tenantCollections = (Object.keys(shardKeys) as (keyof typeof shardKeys)[]).filter((name) => shardKeys[name]);

const asks = await findAll();

describe('every route has a case', () => {
	it.each(asks.map(({ route, what }) => [route, what] as const))('%s %s', (route, what) => {
		expect(
			table[route]?.[what],
			`Add a line to the table in test/server/access.test.ts: '${route}': { '${what}': … }, saying who may`,
		).toBeDefined();
	});

	it('and no case is left without its route', () => {
		const known = new Set(asks.map(({ route, what }) => `${route} ${what}`));
		const cases = Object.entries(table).flatMap(([route, whats]) =>
			Object.keys(whats).map((what) => `${route} ${what}`),
		);
		expect(cases.filter((each) => !known.has(each))).toEqual([]);
	});
});

it('lets viewers change nothing', () => {
	const writes = asks.filter(({ route, method }) => route.includes('[workspace]') && !['GET', 'HEAD'].includes(method));
	const open = writes.filter(({ route, what }) => !['member', 'owner'].includes(table[route]?.[what] ?? ''));
	expect(open.map(({ route, what }) => `${route} ${what}`)).toEqual([]);
});

const covered = asks.flatMap((each) => {
	const access = table[each.route]?.[each.what];
	return access ? [{ ...each, access }] : [];
});

describe.each(people)('%s', (person) => {
	it.each(covered.map((each) => [each.route, each.what, expected(each.access, person), each] as const))(
		'%s %s: %s',
		async (_route, _what, outcome, each) => {
			const { params, tokenOf, all } = await world();
			const before = await all();
			const answer = await ask(ctx, each, {
				params,
				token: await tokenOf(person),
				form: forms[`${each.route} ${each.what}`],
			});
			expect(outcomeOf(answer, each.method), `${answer.status} ${answer.message ?? answer.location ?? ''}`).toBe(
				outcome,
			);
			if (outcome !== 'let in' || each.method === 'GET') expect(await all()).toEqual(before);
		},
	);
});

const withIds = covered.filter(({ route, access }) => access !== 'anyone' && /\[(?!workspace|token)/.test(route));
describe.runIf(withIds.length)("an owner, in their own workspace, with the ids of another's", () => {
	it.each(withIds.map((each) => [each.route, each.what, each] as const))(
		'%s %s gets and changes nothing',
		async (_route, _what, each) => {
			const { params, tokenOf, all, strangersSlug } = await world();
			const before = await all();
			const answer = await ask(ctx, each, {
				params: { ...params, workspace: strangersSlug },
				token: await tokenOf('stranger'),
			});
			expect([400, 404, 409, 410], `${answer.status} ${JSON.stringify(answer.data)}`).toContain(answer.status);
			expect(await all()).toEqual(before);
		},
	);
});
