import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, settingDocs } from '#lib/server/config.ts';

const secret = 's'.repeat(32);

describe('settings', () => {
	it('has a default for everything', () => {
		expect(readConfig({})).toMatchObject({
			PUBLIC_URL: 'http://localhost:3000',
			PORT: 3000,
			HOST: '127.0.0.1',
			TRUSTED_PROXIES: 0,
			DATA_DIR: resolve('data'),
			SESSION_DAYS: 30,
			LOG_LEVEL: 'info',
		});
	});

	it('takes an empty value for one that is not set', () =>
		expect(readConfig({ PORT: '', MONGODB_URI: ' ' }).PORT).toBe(3000));

	it('follows the port in its own address', () =>
		expect(readConfig({ PORT: '8080' }).PUBLIC_URL).toBe('http://localhost:8080'));

	it.each([
		[{ MONGODB_URI: 'mongodb://a:27017,b:27017/shop?replicaSet=rs0', SECRET: secret }],
		[{ MONGODB_URI: 'mongodb+srv://me:pw@cluster.shop.lk', SECRET: secret }],
		[{ MONGODB_URI: 'mongodb://%2Ftmp%2Fheed.sock/heed', SECRET: secret }],
		[{ SMTP_URL: 'smtps://me:p%40ss@mail.shop.lk:465', MAIL_FROM: 'Shop <feedback@shop.lk>' }],
		[{ SMTP_URL: 'smtp://me:pw@mail.shop.lk', MAIL_FROM: 'Perera, Mia & Sons <feedback@shop.lk>' }],
		[{ SMTP_URL: 'smtp://mail.shop.lk', MAIL_FROM: 'feedback@shop.lk' }],
		[{ PUBLIC_URL: 'https://heed.shop.lk/' }],
		[{ PUBLIC_URL: 'https://HEED.shop.lk' }],
	])('accepts %j', (env) => expect(() => readConfig(env)).not.toThrow());

	it.each([
		[{ PORT: '0x1F90000' }, 'PORT is "0x1F90000"'],
		[{ PORT: '70000' }, 'PORT is "70000"'],
		[{ PUBLIC_URL: 'heed.shop.lk' }, 'PUBLIC_URL is "heed.shop.lk"'],
		[{ PUBLIC_URL: 'https://shop.lk/heed' }, 'an address without a path'],
		[{ MONGODB_URI: 'postgres://a' }, 'mongodb:// or mongodb+srv://'],
		[{ MONGODB_URI: 'mongodb://a/b' }, 'SECRET is not set'],
		[{ SECRET: 'short' }, 'at least 32 characters'],
		[{ SMTP_URL: 'smtp://mail.shop.lk' }, 'MAIL_FROM is not set'],
		[{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"'],
		[{ LOG_LEVEL: 'loud' }, 'one of fatal, error, warn'],
		[{ TRUSTED_PROXIES: '-1' }, 'TRUSTED_PROXIES is "-1"; allowed: a whole number from 0 to 10'],
		[{ SESSION_DAYS: 'long' }, 'allowed: a whole number from 1 to 365'],
		[{ PORT: '3000.5' }, 'allowed: a whole number from 0 to 65535'],
		[{ PUBLIC_URL: 'https://shop.lk/?a=b' }, 'an address without a path'],
		[{ PUBLIC_URL: 'https://me:pw@shop.lk' }, 'PUBLIC_URL is "https://me:****@shop.lk"'],
		[{ SMTP_URL: 'smtp://', MAIL_FROM: 'a@shop.lk' }, 'an address that names the server'],
		[{ SMTP_URL: 'smtp://me:p#w@mail.shop.lk' }, 'a password with # / or ? in it has %23 %2F or %3F there'],
		[{ MAIL_FROM: '@' }, 'MAIL_FROM is "@"'],
		[{ MAIL_FROM: 'Shop feedback@shop.lk' }, 'one address such as'],
		[{ MAIL_FROM: 'Shop <feedback@shop.lk>, b@shop.lk' }, 'one address such as'],
	])('refuses %j and says why', (env, sentence) => expect(() => readConfig(env)).toThrow(sentence));

	it('never shows a password or the secret', () => {
		const problem = (() => {
			try {
				readConfig({
					SMTP_URL: 'ftp://me:hunter2@two@mail.shop.lk',
					MONGODB_URI: 'x://me:swordfish@a',
					SECRET: 'shortsecret',
				});
			} catch (error) {
				return String(error);
			}
		})();
		for (const hidden of ['hunter2', 'two', 'swordfish', 'shortsecret']) expect(problem).not.toContain(hidden);
	});

	it.each([
		['me:hunter2@mail.shop.lk:587', 'me:****@mail.shop.lk:587'],
		['smtps//me:hunter2@mail.shop.lk', 'smtps//me:****@mail.shop.lk'],
		['smtp:/me:hunter2:a@hunter2@mail.shop.lk', 'smtp:/me:****@mail.shop.lk'],
		['smtp:me:hunter2@mail.shop.lk', 'smtp:****@mail.shop.lk'],
		['smtp://me:hunter2/hunter2@mail.shop.lk', 'smtp://me:****@mail.shop.lk'],
		['smtp//:hunter2@mail.shop.lk', 'smtp//:****@mail.shop.lk'],
	])('hides the password also in an address that is miswritten: %s', (given, shown) =>
		expect(() => readConfig({ SMTP_URL: given, MAIL_FROM: 'a@shop.lk' })).toThrow(`SMTP_URL is "${shown}"`),
	);
});

it('explains every setting in .env.example, in the same words', () => {
	const example = readFileSync('.env.example', 'utf8');
	for (const { name, doc } of settingDocs) expect(example).toContain(`# ${doc}\n# ${name}=`);
	expect(example.match(/^# [A-Z_]+=$/gm)).toHaveLength(settingDocs.length);
});
