import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Invalid, NotFound } from '#lib/domain/errors.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import * as logos from '#lib/server/services/logos.ts';
import { testContext, type TestContext } from '#test/support/context.ts';
import { makeTenant } from '#test/support/factories.ts';

let ctx: TestContext;
let scope: Scope;
beforeAll(async () => {
	ctx = await testContext();
	({ scope } = await makeTenant(ctx));
});
afterAll(() => ctx.close());

const fileOf = (bytes: Uint8Array | string, name = 'logo.png') =>
	new File([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], name);
const plain = (width: number, height: number) =>
	sharp({ create: { width, height, channels: 4, background: '#1f6f5c' } });
/** A picture nothing can compress: the bytes of a counter through a hash-like mix. */
const noise = (width: number, height: number) =>
	sharp(
		Uint8Array.from({ length: width * height * 3 }, (_, n) => (n * 2_654_435_761) >>> 13),
		{ raw: { width, height, channels: 3 } },
	);
const keep = async (bytes: Uint8Array | string, name?: string) => {
	const id = await logos.add(ctx, scope, fileOf(bytes, name));
	return logos.byId(ctx, scope.workspaceId, id);
};

describe('a logo', () => {
	it.each([
		['PNG', () => plain(80, 40).png().toBuffer()],
		['JPEG', () => plain(80, 40).jpeg().toBuffer()],
		['WebP', () => plain(80, 40).webp().toBuffer()],
	])('may be a %s, whatever its name says', async (_format, make) => {
		const kept = await keep(await make(), 'picture.svg');
		expect(kept.mediaType).toBe('image/png');
		expect(await sharp(kept.bytes).metadata()).toMatchObject({ width: 80, height: 40 });
	});

	it('is made to fit 600 by 200 and 100 KB, however large it comes', async () => {
		const kept = await keep(await noise(1500, 1000).jpeg({ quality: 95 }).toBuffer());
		expect(kept.bytes.length).toBeLessThanOrEqual(100_000);
		const { width, height } = await sharp(kept.bytes).metadata();
		expect([width! <= 600, height! <= 200]).toEqual([true, true]);
	});

	it('loses everything but the picture', async () => {
		const told = await plain(80, 40)
			.withExif({ IFD0: { Copyright: 'a secret place' } })
			.jpeg()
			.toBuffer();
		expect(told.includes('a secret place')).toBe(true);
		const kept = await keep(told);
		expect(Buffer.from(kept.bytes).includes('a secret place')).toBe(false);
		expect((await sharp(kept.bytes).metadata()).exif).toBeUndefined();
	});

	it('that is uploaded twice is kept once, in its own workspace only', async () => {
		const file = fileOf(await plain(20, 20).png().toBuffer());
		const [first, second] = await Promise.all([logos.add(ctx, scope, file), logos.add(ctx, scope, file)]);
		expect(second).toBe(first);
		const stranger = (await makeTenant(ctx)).scope;
		await expect(logos.byId(ctx, stranger.workspaceId, first)).rejects.toThrow(NotFound);
		expect(await logos.add(ctx, stranger, file)).not.toBe(first);
	});
});

const chunk = (type: string, data: Buffer) => {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
};
/** A PNG header that claims `side` × `side` pixels, with as good as nothing in it. */
const bomb = (side: number) => {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(Buffer.alloc(1000))),
		chunk('IEND', Buffer.alloc(0)),
	]);
};
const moving = async () => {
	const frames = await Promise.all(
		['#000', '#fff'].map((background) =>
			sharp({ create: { width: 8, height: 8, channels: 4, background } })
				.png()
				.toBuffer(),
		),
	);
	return sharp(frames, { join: { animated: true } })
		.webp({ loop: 0, delay: [100, 100] })
		.toBuffer();
};
const movingPng = async () => {
	const still = await plain(8, 8).png().toBuffer();
	const at = still.indexOf('IDAT') - 4;
	return Buffer.concat([still.subarray(0, at), chunk('acTL', Buffer.alloc(8)), still.subarray(at)]);
};

describe('refuses, with the reason at its field,', () => {
	it.each([
		['an SVG', async () => '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'not a PNG'],
		['a page called logo.png', async () => '<!doctype html><script>alert(1)</script>', 'not a PNG'],
		['a GIF', async () => 'GIF89a……', 'not a PNG'],
		['nothing', async () => '', 'not a PNG'],
		['a PNG that breaks off', async () => (await noise(50, 50).png().toBuffer()).subarray(0, 600), 'damaged'],
		['only the first bytes of a PNG', async () => Buffer.from('\x89PNG\r\n\x1a\n<svg>', 'latin1'), 'damaged'],
		['a small file of 10,000 megapixels', async () => bomb(100_000), 'too many pixels'],
		['a WebP that moves', moving, 'moves'],
		['a PNG that moves', movingPng, 'moves'],
		['6 MB', async () => Buffer.alloc(6_000_000), 'larger than 5 MB'],
	])('%s', async (_what, make, reason) => {
		const refused = await logos.add(ctx, scope, fileOf(await make())).catch((problem: unknown) => problem);
		expect(refused).toBeInstanceOf(Invalid);
		expect((refused as Invalid).fields.logo).toContain(reason);
	});
});
