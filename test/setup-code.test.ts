// When the first visit asks for the code that the start printed.
import { expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { reachesBeyondThisMachine } from '../src/setup-code.ts';

it.each([
	[{}, false],
	[{ HOST: 'localhost' }, false],
	[{ HOST: '::1' }, false],
	[{ HOST: '127.0.0.2', PUBLIC_URL: 'http://heed.lan' }, false],
	[{ HOST: '0.0.0.0' }, true],
	[{ HOST: '::' }, true],
	[{ HOST: '192.168.1.7' }, true],
	[{ TRUSTED_PROXIES: '1' }, true],
	[{ PUBLIC_URL: 'https://feedback.shop.lk' }, true],
])('with %j strangers can be the first visitor: %s', (env, can) =>
	expect(reachesBeyondThisMachine(readConfig(env))).toBe(can),
);
