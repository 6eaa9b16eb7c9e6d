// The only file that knows Lucia: our SessionStore on it, through an adapter to our own rows.
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import type { KeptDevice } from '#lib/domain/account/device.ts';
import type { User } from '#lib/domain/workspace/workspace.ts';
import type { Clock, Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import * as sessions from '../db/sessions.ts';
import * as users from '../db/users.ts';
import type { Session, SessionStore } from './session-store.ts';
import { hashToken, makeToken } from './tokens.ts';

type SessionAttributes = { device: KeptDevice; createdAt: Date };

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<SessionAttributes, { account: User }>;
		UserId: string;
		DatabaseSessionAttributes: SessionAttributes;
		DatabaseUserAttributes: { account: User };
	}
}

/** Lucia reads the machine's time; everything else here lives by the product's. The same moment in the other one. */
const shiftBy = (clock: Clock) => {
	const ahead = () => clock().getTime() - Date.now();
	return {
		toOurs: (moment: Date) => new Date(moment.getTime() + ahead()),
		toLucias: (moment: Date) => new Date(moment.getTime() - ahead()),
	};
};

const adapterOf = (db: Database, clock: Clock): Adapter => {
	const { toOurs, toLucias } = shiftBy(clock);
	const toLucia = ({ id, userId, expiresAt, ...attributes }: sessions.StoredSession): DatabaseSession => ({
		id,
		userId,
		expiresAt: toLucias(expiresAt),
		attributes,
	});
	return {
		async getSessionAndUser(id) {
			const session = await sessions.byId(db, id);
			const account = session && (await users.byId(db, session.userId));
			return [session && toLucia(session), account && { id: account.id, attributes: { account } }];
		},
		async getUserSessions(userId) {
			return (await sessions.ofUser(db, userId)).map(toLucia);
		},
		async setSession({ id, userId, expiresAt, attributes }) {
			await sessions.save(db, { id, userId, expiresAt: toOurs(expiresAt), ...attributes });
		},
		updateSessionExpiration: (id, expiresAt) => sessions.extend(db, id, toOurs(expiresAt)),
		deleteSession: (id) => sessions.remove(db, id),
		deleteUserSessions: (userId) => sessions.removeOfUser(db, userId),
		deleteExpiredSessions: () => sessions.removeExpired(db, clock()),
	};
};

/** Sessions that last SESSION_DAYS from their last renewal. */
export const sessionStore = ({
	config,
	db,
	clock,
	randomBytes,
}: Pick<Context, 'config' | 'db' | 'clock' | 'randomBytes'>): SessionStore => {
	const lucia = new Lucia(adapterOf(db, clock), {
		sessionExpiresIn: new TimeSpan(config.SESSION_DAYS, 'd'),
		getSessionAttributes: ({ device, createdAt }) => ({ device, createdAt }),
		getUserAttributes: ({ account }) => ({ account }),
	});
	const { toOurs } = shiftBy(clock);
	const toSession = ({ id, userId, device, createdAt, expiresAt }: Session): Session => ({
		id,
		userId,
		device,
		createdAt,
		expiresAt: toOurs(expiresAt),
	});
	return {
		async open(userId, device) {
			const token = makeToken(randomBytes);
			const attributes = { device, createdAt: clock() };
			return {
				token,
				session: toSession(await lucia.createSession(userId, attributes, { sessionId: hashToken(token) })),
			};
		},
		async read(token) {
			const { user, session } = await lucia.validateSession(hashToken(token));
			return session && { user: user.account, session: toSession(session), isRenewed: session.fresh };
		},
		ofUser: async (userId) => (await lucia.getUserSessions(userId)).map(toSession),
		end: (sessionId) => lucia.invalidateSession(sessionId),
		endAll: (userId, keptId) =>
			keptId ? sessions.removeOfUser(db, userId, keptId) : lucia.invalidateUserSessions(userId),
		endExpired: () => lucia.deleteExpiredSessions(),
	};
};
