// Reads the one file of a form from the request's stream, as fast as it is taken; nothing of it is held in memory.
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { error } from '@sveltejs/kit';
import { Invalid } from '#lib/domain/errors.ts';
import { t } from '#lib/messages/managers.ts';

export type UploadedFile = { fileName: string; bytes: AsyncIterable<Uint8Array> };

/** Beyond this nobody waits for the end of a request: the connection is cut. */
const patienceBytes = 1_073_741_824;

/**
 * Hands the file in the field `file` to `take`. Whatever comes of it, the rest of the request is read and thrown away: a
 * browser that is still sending does not read the answer. Throws Invalid when no file was chosen.
 */
export const readUpload = async <Result>(
	request: Request,
	take: (file: UploadedFile) => Promise<Result>,
): Promise<Result> => {
	const headers = Object.fromEntries(request.headers) as BusboyHeaders;
	if (!headers['content-type']?.startsWith('multipart/form-data') || !request.body)
		error(400, t.refusals_not_a_file_form());
	if (Number(request.headers.get('content-length') ?? 0) > patienceBytes) error(413, t.refusals_file_far_too_large());

	let parser: BusboyInstance;
	try {
		parser = new Busboy({ headers, limits: { files: 1, fields: 10, parts: 11 } });
	} catch {
		error(400, t.refusals_not_a_file_form());
	}
	let taken: Promise<Result> | null = null;
	parser.on('file', (field, stream, fileName) => {
		if (field !== 'file' || !fileName) return void stream.resume();
		const bytes = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
		taken = take({ fileName, bytes }).finally(() => stream.resume());
		// Looked at below; until then a refusal is nobody's unhandled rejection.
		taken.catch(() => {});
	});
	const source = Readable.fromWeb(request.body as WebStream);
	await new Promise<void>((done, fail) => {
		parser.once('finish', done);
		parser.once('error', fail);
		source.once('error', fail);
		source.pipe(parser);
	}).catch(() => {
		parser.destroy();
		error(400, t.refusals_file_cut());
	});
	return taken ?? Promise.reject(new Invalid(t.common_file_missing(), { file: t.common_file_missing() }));
};
