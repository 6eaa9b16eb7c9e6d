// What the product needs of sessions, whoever keeps them. A token is known to its browser only; ids are hashes of tokens.
import type { KeptDevice } from '#lib/domain/account/device.ts';
import type { User } from '#lib/domain/workspace/workspace.ts';

export type Session = {
	id: string;
	userId: string;
	/** What it was opened from. */
	device: KeptDevice;
	createdAt: Date;
	expiresAt: Date;
};

export type SessionStore = {
	/** Opens a session; `token` goes into the cookie and is told nobody else. */
	open(userId: string, device: KeptDevice): Promise<{ token: string; session: Session }>;
	/** Whose session a token opens, or null. One in the second half of its life begins anew: `isRenewed`. */
	read(token: string): Promise<{ user: User; session: Session; isRenewed: boolean } | null>;
	/** The open sessions of a person, newest first. */
	ofUser(userId: string): Promise<Session[]>;
	end(sessionId: string): Promise<void>;
	/** Ends all sessions of a person, but for the one that is kept. */
	endAll(userId: string, keptId?: string): Promise<void>;
	endExpired(): Promise<void>;
};
