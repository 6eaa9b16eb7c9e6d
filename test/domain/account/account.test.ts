import { describe, expect, it } from 'vitest';
import { emailSchema } from '#lib/domain/account/account.ts';
import { commonPasswords } from '#lib/domain/account/common-passwords.ts';
import { deviceOf } from '#lib/domain/account/device.ts';
import { deviceText } from '#lib/messages/devices.ts';
import { nextPath } from '#lib/domain/account/next.ts';
import { weakness } from '#lib/domain/account/password.ts';

describe('a password', () => {
	const about = ['ann.perera@flowershop.example', 'Ann Perera', 'Flower Shop'];

	it.each([
		['correct fox umbrella'],
		['zwölf Äpfel im Keller'],
		['ගසක් යට නිදාගත් බල්ලා'],
		['😀 seven green hats 😀'],
		['9vKx-2mQp-77Lw'],
		['ann likes walking slowly'],
		['  spaces are fine too  '],
	])('is good: %s', (password) => {
		expect(weakness(password, about)).toBeNull();
	});

	it.each([
		['short', '', 'at least 12 characters'],
		['short', 'elevenchars', 'at least 12 characters; this has 11'],
		['short', '😀😀😀😀😀😀', 'at least 12 characters; this has 6'],
		['too long', 'x1y2z'.repeat(41), 'at most 200'],
		['common', 'password1234', 'common'],
		['common, in capitals', 'PassWord1234', 'common'],
		['common, with signs between', 'pass-word-1234', 'common'],
		['common, spelled with signs', 'p@ssw0rdp@ssw0rd', 'common'],
		['one sign', 'aaaaaaaaaaaaaa', 'common|repeats'],
		['one piece again and again', 'xyzkxyzkxyzkxyzk', 'repeats'],
		['the alphabet', 'bcdefghijklmno', 'alphabet'],
		['the keyboard, backwards', 'poiuytrewq4321', 'keyboard'],
		['rows of the keyboard', 'qwerty-zxcvbn-12', 'keyboard'],
		['the product', 'heedheed2026heed', 'name that others know'],
		['the product, spelled with signs', 'H33d-H33d_26!!', 'name that others know'],
		['their own address', 'ann.perera@flowershop', 'name that others know'],
		['their own name', 'AnnPerera1990', 'name that others know'],
		['the workspace', 'Flower-Shop-2026', 'name that others know'],
	])('is refused: %s', (_why, password, sentence) => {
		expect(weakness(password, about)).toMatch(new RegExp(sentence));
	});

	it('on the list is long enough to be worth listing', () => {
		expect(commonPasswords.size).toBeGreaterThan(300);
		for (const password of commonPasswords) {
			expect([...password].length, password).toBeGreaterThanOrEqual(12);
			expect(password).toBe(password.toLowerCase());
			expect(weakness(password), password).not.toBeNull();
		}
	});
});

describe('where to go on after signing in', () => {
	it.each([
		['/w/shop/surveys', '/w/shop/surveys'],
		['/w/shop/surveys?range=7d&x=%2F', '/w/shop/surveys?range=7d&x=%2F'],
		['/join/abc', '/join/abc'],
		['/w/shop#part', '/w/shop'],
		['/a/../account', '/account'],
		[null, '/'],
		['', '/'],
		['account', '/'],
		['//evil.example', '/'],
		['///evil.example', '/'],
		['/\\evil.example', '/'],
		['/\t/evil.example', '/'],
		['/%09/evil.example', '/%09/evil.example'],
		['/.//evil.example', '/'],
		['\\\\evil.example', '/'],
		['https://evil.example', '/'],
		['javascript:alert(1)', '/'],
		['/sign-in', '/'],
		['/sign-out', '/'],
		['/setup', '/'],
		['/reset/abc', '/'],
	])('%j is %s', (wanted, path) => {
		expect(nextPath(wanted)).toBe(path);
	});
});

describe('an e-mail address', () => {
	it.each([
		[' Ann@Shop.Example ', 'ann@shop.example'],
		["o'hara+news@sub.shop.example", "o'hara+news@sub.shop.example"],
	])('%j is kept as %s', (typed, kept) => {
		expect(emailSchema.parse(typed)).toBe(kept);
	});

	it.each(['', 'ann', 'ann@', '@shop.example', 'ann@shop', 'a b@shop.example', `${'a'.repeat(250)}@shop.example`])(
		'%j is refused',
		(typed) => {
			expect(emailSchema.safeParse(typed).success).toBe(false);
		},
	);
});

describe('what a browser says of itself', () => {
	it.each([
		['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox on Windows'],
		[
			'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36',
			'Chrome on Linux',
		],
		['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge on Windows'],
		[
			'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E148 Safari/604.1',
			'Safari on iOS',
		],
		['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', 'Chrome on Android'],
		['Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605 Version/19.0 Safari/605', 'Safari on macOS'],
		['curl/8.0', 'Unknown browser'],
		['curl/8.0 (Linux)', 'Unknown browser on Linux'],
		['', 'Unknown browser'],
		[null, 'Unknown browser'],
	])('%s is %s', (userAgent, device) => {
		expect(deviceText(deviceOf(userAgent))).toBe(device);
	});
});
