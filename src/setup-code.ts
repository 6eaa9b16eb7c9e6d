// The one-time code that set-up asks for when the server can be reached from other machines.
import { randomInt } from 'node:crypto';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Twelve characters in three groups, without those that look alike: 60 bits. */
export const makeSetupCode = (): string =>
	Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join(
		'-',
	);

/** Whether an address to listen on can be reached from another machine. */
export const reachesBeyondThisMachine = (host: string): boolean =>
	!(host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host));
