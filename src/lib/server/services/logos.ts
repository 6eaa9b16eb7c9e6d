// Logos: judged by what they contain and drawn anew, so that nothing but the picture is kept or served.
import sharp, { type Sharp } from 'sharp';
import { Invalid, NotFound } from '#lib/domain/errors.ts';
import { logoLimits } from '#lib/domain/survey/logo.ts';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { t } from '#lib/messages/managers.ts';
import type { Context } from '../context.ts';
import * as logoRows from '../db/logos.ts';

/** More pixels than any logo has; a small file may claim to hold a thousand times as many. */
const mostPixels = 25_000_000;

const refuse = (reason: string) => new Invalid(reason, { logo: reason });

/** What the first bytes say, whatever the name and the browser claim. SVG is text and stops here. */
const isPicture = (bytes: Buffer): boolean =>
	bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')) ||
	bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ||
	(bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP');

/** An animated PNG says so in a chunk before its first picture; decoders that know only still ones skip it. */
const isAnimatedPng = (bytes: Buffer): boolean => {
	const at = bytes.indexOf('acTL', 0, 'latin1');
	return at > 0 && at < bytes.indexOf('IDAT', 0, 'latin1');
};

/** Mail programs show PNG and JPEG everywhere. Each try is smaller than the one before. */
const encodings = (picture: Sharp, hasAlpha: boolean): Sharp[] => {
	const widths = [logoLimits.width, 400, 240];
	return widths.flatMap((width) => {
		const height = Math.round((width * logoLimits.height) / logoLimits.width);
		const sized = picture.clone().resize({ width, height, fit: 'inside', withoutEnlargement: true });
		const flat = hasAlpha ? [] : [sized.clone().jpeg({ quality: 85, mozjpeg: true })];
		const indexed = sized.clone().png({ palette: true, quality: 90, compressionLevel: 9 });
		return [sized.clone().png({ compressionLevel: 9 }), ...flat, indexed];
	});
};

const draw = async (bytes: Buffer): Promise<logoRows.Logo> => {
	const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true });
	const { pages = 1, hasAlpha } = await picture.metadata();
	if (pages > 1 || isAnimatedPng(bytes)) throw refuse(t.surveys_logo_moves());
	// Turned as its camera says, and without what else the file tells, such as where it was taken.
	for (const encoding of encodings(picture.autoOrient(), hasAlpha)) {
		const { data, info } = await encoding.toBuffer({ resolveWithObject: true });
		if (data.length <= logoLimits.bytes)
			return { mediaType: info.format === 'jpeg' ? 'image/jpeg' : 'image/png', bytes: data };
	}
	throw refuse(t.surveys_logo_detailed());
};

/** Keeps a PNG, JPEG or WebP as a logo and gives its id. Throws Invalid for anything else, by field `logo`. */
export const add = async (ctx: Context, scope: Scope, file: File): Promise<string> => {
	if (file.size > logoLimits.uploadBytes) throw refuse(t.surveys_logo_large());
	const bytes = Buffer.from(await file.arrayBuffer());
	if (!isPicture(bytes)) throw refuse(t.surveys_logo_no_picture());
	const logo = await draw(bytes).catch((problem: unknown) => {
		if (problem instanceof Invalid) throw problem;
		if (String(problem).includes('pixel limit')) throw refuse(t.surveys_logo_pixels());
		throw refuse(t.surveys_logo_damaged());
	});
	return logoRows.keep(ctx.db, scope.workspaceId, logo, ctx.clock());
};

/** A logo for anybody who has its address. Throws NotFound. */
export const byId = async (ctx: Context, workspaceId: string, logoId: string): Promise<logoRows.Logo> => {
	const logo = await logoRows.byId(ctx.db, workspaceId, logoId);
	if (!logo) throw new NotFound(t.surveys_logo_gone());
	return logo;
};
