// What any SessionStore promises; whoever keeps the sessions runs these.
import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionStore } from '#lib/server/auth/session-store.ts';

export type Subject = {
	store: SessionStore;
	/** Two people who exist. */
	userIds: [string, string];
	/** Moves the store's clock on. */
	passDays(days: number): void;
	/** How long its sessions last. */
	days: number;
	/** Everything the store wrote down, as text. */
	written(): Promise<string>;
};

const day = 86_400_000;

export const keepsSessions = (name: string, make: () => Promise<Subject>) => {
	describe(name, () => {
		let subject: Subject;
		let store: SessionStore;
		let ann: string;
		let ben: string;
		beforeEach(async () => {
			subject = await make();
			store = subject.store;
			[ann, ben] = subject.userIds;
		});

		it('opens a session that its token, and no other, reads', async () => {
			const { token, session } = await store.open(ann, 'Firefox on Windows');
			expect(session).toMatchObject({ userId: ann, device: 'Firefox on Windows' });
			expect(await store.read(token)).toMatchObject({
				user: { id: ann },
				session: { id: session.id },
				isRenewed: false,
			});
			expect(await store.read(`${token}x`)).toBeNull();
			expect(await store.read('')).toBeNull();
		});

		it('gives every session a token of at least 128 bits that nobody has had before', async () => {
			const tokens = new Set<string>();
			for (let count = 0; count < 20; count++) tokens.add((await store.open(ann, '')).token);
			expect(tokens.size).toBe(20);
			for (const token of tokens) expect(token.length).toBeGreaterThanOrEqual(22);
		});

		it('writes down no token, and cannot be opened with what it wrote down', async () => {
			const { token, session } = await store.open(ann, '');
			expect(await subject.written()).toContain(session.id);
			expect(await subject.written()).not.toContain(token);
			expect(await store.read(session.id)).toBeNull();
		});

		it('ends a session after its days', async () => {
			const { token, session } = await store.open(ann, '');
			expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBeCloseTo(subject.days * day, -4);
			subject.passDays(subject.days + 0.01);
			expect(await store.read(token)).toBeNull();
			expect(await store.ofUser(ann)).toEqual([]);
		});

		it('renews a session that is used in the second half of its life, and only then', async () => {
			const { token } = await store.open(ann, '');
			subject.passDays(subject.days * 0.4);
			expect((await store.read(token))?.isRenewed).toBe(false);
			subject.passDays(subject.days * 0.2);
			expect((await store.read(token))?.isRenewed).toBe(true);
			expect((await store.read(token))?.isRenewed).toBe(false);
			subject.passDays(subject.days * 0.9);
			expect(await store.read(token)).not.toBeNull();
		});

		it('ends one session and leaves the others', async () => {
			const first = await store.open(ann, 'first');
			const second = await store.open(ann, 'second');
			await store.end(first.session.id);
			await store.end(first.session.id);
			expect(await store.read(first.token)).toBeNull();
			expect((await store.ofUser(ann)).map(({ device }) => device)).toEqual(['second']);
			expect(await store.read(second.token)).not.toBeNull();
		});

		it('ends all sessions of one person, or all but one, and nobody else’s', async () => {
			const kept = await store.open(ann, '');
			const other = await store.open(ann, '');
			const bens = await store.open(ben, '');
			await store.endAll(ann, kept.session.id);
			expect(await store.read(kept.token)).not.toBeNull();
			expect(await store.read(other.token)).toBeNull();
			await store.endAll(ann);
			expect(await store.read(kept.token)).toBeNull();
			expect(await store.read(bens.token)).not.toBeNull();
		});

		it('sweeps out what has expired', async () => {
			const old = await store.open(ann, '');
			subject.passDays(subject.days * 0.7);
			const young = await store.open(ann, '');
			subject.passDays(subject.days * 0.7);
			await store.endExpired();
			expect(await subject.written()).not.toContain(old.session.id);
			expect(await store.read(young.token)).not.toBeNull();
		});
	});
};
