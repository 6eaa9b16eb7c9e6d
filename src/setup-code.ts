// The one-time code that set-up asks for when the server can be reached from other machines.
import { randomInt } from 'node:crypto';
import type { Config } from './lib/server/config.ts';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Twelve characters in three groups, without those that look alike: 60 bits. */
export const makeSetupCode = (): string =>
	Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join(
		'-',
	);

/** Whether it can be reached from another machine: by the address it listens on, or through a proxy (https is one's work). */
export const reachesBeyondThisMachine = ({ HOST, TRUSTED_PROXIES, PUBLIC_URL }: Config): boolean =>
	!(HOST === 'localhost' || HOST === '::1' || /^127\.\d+\.\d+\.\d+$/.test(HOST)) ||
	TRUSTED_PROXIES > 0 ||
	PUBLIC_URL.startsWith('https:');
