// Rows with sensible defaults, each its own workspace's; a test names only what it is about.
import { randomBytes } from 'node:crypto';
import type { Property } from '#lib/domain/contact/contact.ts';
import type { Channel, ResponseKind } from '#lib/domain/response/response.ts';
import type { InvitationStatus } from '#lib/domain/sending/sending.ts';
import type { Definition, Status } from '#lib/domain/survey/definition.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import type { Metric } from '#lib/domain/survey/metric.ts';
import { defaultTouchpoints } from '#lib/domain/workspace/touchpoints.ts';
import type { Role, Scope, Workspace } from '#lib/domain/workspace/workspace.ts';
import type { Context } from '#lib/server/context.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import type { Models } from '#lib/server/db/rows/index.ts';
import * as staleDays from '#lib/server/db/stale-days.ts';
import { tokenFor, type LinkKind } from '#lib/server/services/links.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import type { ResponseRow } from '#lib/server/db/rows/response.ts';

/** A test's own hands on the rows, which no fault touches; the product's where there are none. */
const rowsOf = (ctx: Context & { rows?: Models }): Models => ctx.rows ?? ctx.db.models;

const unique = () => randomBytes(4).toString('hex');

export const makeWorkspace = async (ctx: Context, given: Partial<Omit<Workspace, 'id'>> = {}): Promise<Workspace> => {
	const fields = {
		slug: `shop-${unique()}`,
		name: 'Corner Shop',
		timeZone: 'UTC',
		language: 'en' as Language,
		quietDays: 30,
		touchpoints: defaultTouchpoints,
		createdAt: ctx.clock(),
		...given,
	};
	const row = await rowsOf(ctx).workspaces.create(fields);
	return { id: row._id.toHexString(), ...fields };
};

/** A colleague in a workspace, and the scope a guard would make for them. */
export const makeMember = async (
	ctx: Context,
	workspaceId: string,
	given: { role?: Role; email?: string; name?: string; wantsDetractorMail?: boolean } = {},
): Promise<Scope & { email: string }> => {
	const email = given.email ?? `${unique()}@shop.lk`;
	const user = await rowsOf(ctx).users.create({
		email,
		name: given.name ?? 'Mia',
		passwordHash: 'none',
		createdAt: ctx.clock(),
	});
	const role = given.role ?? 'owner';
	await rowsOf(ctx).memberships.create({
		workspaceId: new ObjectId(workspaceId),
		userId: user._id,
		role,
		wantsDetractorMail: given.wantsDetractorMail ?? false,
		createdAt: ctx.clock(),
	});
	return { workspaceId, userId: user._id.toHexString(), role, email };
};

/** A workspace and its owner: { workspace, scope }. */
export const makeTenant = async (ctx: Context, given: Partial<Omit<Workspace, 'id'>> = {}) => {
	const workspace = await makeWorkspace(ctx, given);
	return { workspace, scope: await makeMember(ctx, workspace.id) };
};

export const definition = (given: Partial<Definition> = {}): Definition => ({
	...definitionFrom(
		templates.find(({ id }) => id === (given.metric === 'csat' ? 'csat-after-support' : 'nps-after-purchase'))!,
		'en',
	),
	...given,
});

/** A survey with version 1 published; live unless told otherwise. Returns its id. */
export const makeSurvey = async (
	ctx: Context,
	workspaceId: string,
	given: { name?: string; status?: Status; metric?: Metric; isSample?: boolean; definition?: Partial<Definition> } = {},
): Promise<string> => {
	const now = ctx.clock();
	const content = definition({ ...(given.metric && { metric: given.metric }), ...given.definition });
	const isDraft = given.status === 'draft';
	const row = await rowsOf(ctx).surveys.create({
		workspaceId: new ObjectId(workspaceId),
		name: given.name ?? 'After a purchase',
		status: given.status ?? 'live',
		draft: content,
		draftRevision: 1,
		version: isDraft ? null : 1,
		hasUnpublishedEdits: false,
		editWindowHours: 24,
		isSample: given.isSample ?? false,
		revision: 1,
		createdAt: now,
		updatedAt: now,
	});
	if (!isDraft)
		await rowsOf(ctx).surveyVersions.create({
			workspaceId: new ObjectId(workspaceId),
			surveyId: row._id,
			version: 1,
			definition: content,
			publishedAt: now,
		});
	return row._id.toHexString();
};

/** A customer. Returns their id. */
export const makeContact = async (
	ctx: Context,
	workspaceId: string,
	given: {
		email?: string;
		name?: string;
		language?: Language | null;
		properties?: Property[];
		lastAskedAt?: Date | null;
		unsubscribedAt?: Date | null;
		bouncedAt?: Date | null;
		bounceReason?: string | null;
		isSample?: boolean;
		deletedAt?: Date | null;
	} = {},
): Promise<string> => {
	const email = given.email ?? `${unique()}@customers.lk`;
	const row = await rowsOf(ctx).contacts.create({
		workspaceId: new ObjectId(workspaceId),
		name: 'Ann',
		...given,
		email,
		address: email.toLowerCase(),
		createdAt: ctx.clock(),
	});
	return row._id.toHexString();
};

/** An invitation that was sent; the link to it is `linkTo(ctx, …)` with its id. Returns its id. */
export const makeInvitation = async (
	ctx: Context,
	workspaceId: string,
	surveyId: string,
	given: {
		contactId?: string | null;
		sendingId?: string | null;
		language?: Language;
		properties?: Property[];
		isTest?: boolean;
		status?: InvitationStatus;
		version?: number;
		sentAt?: Date | null;
	} = {},
): Promise<string> => {
	const { contactId = null, sendingId = null, ...rest } = given;
	const row = await rowsOf(ctx).invitations.create({
		workspaceId: new ObjectId(workspaceId),
		surveyId: new ObjectId(surveyId),
		version: 1,
		address: `${unique()}@customers.lk`,
		language: 'en',
		status: 'sent',
		dueAt: ctx.clock(),
		sentAt: ctx.clock(),
		...rest,
		contactId: contactId && new ObjectId(contactId),
		sendingId: sendingId && new ObjectId(sendingId),
		createdAt: ctx.clock(),
	});
	return row._id.toHexString();
};

/** The token of a customer's link. */
export const tokenOf = (ctx: Context, kind: LinkKind, workspaceId: string, id: string): string => {
	const expiresAt = new Date(ctx.clock().getTime() + 86_400_000);
	const named = { workspaceId, id };
	return tokenFor(ctx.secret, kind === 'preview' ? { kind, ...named, expiresAt, generation: 0 } : { kind, ...named });
};

export type GivenAnswer = {
	score: number;
	at: string;
	comment?: string;
	channel?: Channel;
	language?: string;
	kind?: ResponseKind;
	version?: number;
	properties?: Property[];
	contactId?: string | null;
	invitationId?: string | null;
	askedAt?: Date | null;
};

/** The row of an answer with defaults: to an open link, in English, with nothing beside its score. */
export const answerRow = (
	workspaceId: string,
	surveyId: string,
	at: Date,
	given: Partial<ResponseRow> & Pick<ResponseRow, 'score'>,
): ResponseRow => ({
	_id: new ObjectId(),
	workspaceId: new ObjectId(workspaceId),
	surveyId: new ObjectId(surveyId),
	version: 1,
	kind: 'real',
	channel: 'link',
	comment: '',
	language: 'en',
	answers: [],
	mayContact: null,
	contactEmail: null,
	properties: [],
	contactId: null,
	invitationId: null,
	importId: null,
	externalId: null,
	submissionKey: null,
	askedAt: null,
	answeredAt: at,
	updatedAt: at,
	deletedAt: null,
	...given,
});

/** Answers, written as every writer does: marked before and after. Returns their ids. */
export const makeAnswers = async (
	ctx: Context,
	workspaceId: string,
	surveyId: string,
	given: readonly GivenAnswer[],
): Promise<string[]> => {
	const rows = given.map(({ at, contactId, invitationId, ...rest }) =>
		answerRow(workspaceId, surveyId, new Date(at), {
			...rest,
			contactId: contactId ? new ObjectId(contactId) : null,
			invitationId: invitationId ? new ObjectId(invitationId) : null,
		}),
	);
	const instants = rows.map(({ answeredAt }) => answeredAt);
	const mark = () => staleDays.mark(ctx.db, workspaceId, surveyId, instants, ctx.clock());
	await mark();
	await rowsOf(ctx).responses.insertMany(rows);
	await mark();
	return rows.map(({ _id }) => _id.toHexString());
};
