// How often something may be tried: counted in the database, so that every process and every restart counts the same.
import { createHmac } from 'node:crypto';
import { TooMany } from '#lib/domain/errors.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as tries from '../db/tries.ts';

export type Limit = { limit: number; windowSeconds: number };

const quarterHour = 15 * 60;
export const limits = {
	signInPerAccount: { limit: 10, windowSeconds: quarterHour },
	signInPerAddress: { limit: 50, windowSeconds: quarterHour },
	resetPerAccount: { limit: 5, windowSeconds: quarterHour },
	resetPerAddress: { limit: 20, windowSeconds: quarterHour },
	/** Generous: a whole office or shop may answer from one address. */
	answersPerAddress: { limit: 300, windowSeconds: quarterHour },
	/** Mails about single detractors to one person; what comes beyond them goes into one summary. */
	detractorMails: { limit: 20, windowSeconds: 3600 },
	setUpPerAddress: { limit: 20, windowSeconds: quarterHour },
} as const satisfies Record<string, Limit>;

/** What strangers type may be long or secret, and an address is somebody's: the key is a hash that only we can make. */
const keyOf = (secret: Uint8Array, name: string, parts: readonly string[]) =>
	`${name}:${createHmac('sha256', secret).update(parts.join('\n')).digest('base64url')}`;

/**
 * What counts as one client: an IPv4 address, or the /64 that one IPv6 customer has to themselves.
 * "::ffff:203.0.113.9" → "203.0.113.9"; "2001:db8:1:2:3:4:5:6" → "2001:db8:1:2".
 */
export const clientOf = (address: string): string => {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped || !address.includes(':')) return mapped ?? address;
	const [head = '', tail] = address.split('::');
	const left = head.split(':').filter(Boolean);
	const right = (tail ?? '').split(':').filter(Boolean);
	const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
	return [...left, ...zeros, ...right].slice(0, 4).join(':').toLowerCase();
};

/** One try of one thing: `giveBack` when it turned out well, `forget` to begin counting anew. */
export type Try = { giveBack(): Promise<void>; forget(): Promise<void> };

/** Takes a try. Throws TooMany with the time when the next is welcome. */
export const take = async (ctx: Context, name: keyof typeof limits, ...parts: string[]): Promise<Try> => {
	const key = keyOf(ctx.secret, name, parts);
	const now = ctx.clock();
	const taken = await tries.take(ctx.db, key, limits[name], now);
	if (taken.id === null) {
		const seconds = Math.max(1, Math.ceil((taken.freeAt.getTime() - now.getTime()) / 1000));
		throw new TooMany(t.refusals_too_many({ minutes: Math.ceil(seconds / 60) }), seconds);
	}
	return {
		giveBack: () => tries.giveBack(ctx.db, key, taken.id),
		forget: () => tries.forget(ctx.db, key),
	};
};
