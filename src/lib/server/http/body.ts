// Bodies are read up to a limit that each route sets; what is longer is refused before it is held in memory.
import { error } from '@sveltejs/kit';
import { spoken, t } from '#lib/messages/managers.ts';

/** The limit of a form without files, in bytes. */
export const formLimit = 1_048_576;

const tooLarge = (limit: number): never =>
	error(413, t.refusals_body_too_large({ kilobytes: Math.round(limit / 1024).toLocaleString(spoken()) }));

/** So much more is read and thrown away before a refusal: a browser that is still sending does not read the answer. */
const patience = 16_777_216;

/** The request with a body that fails with 413 once it was longer than `limit` bytes, whatever Content-Length says. */
export const limited = (request: Request, limit: number): Request => {
	if (Number(request.headers.get('content-length') ?? 0) > limit + patience) tooLarge(limit);
	if (!request.body) return request;
	let seen = 0;
	const body = request.body.pipeThrough(
		new TransformStream<Uint8Array, Uint8Array>({
			transform(chunk, controller) {
				seen += chunk.byteLength;
				if (seen > limit + patience) tooLarge(limit);
				if (seen <= limit) controller.enqueue(chunk);
			},
			flush() {
				if (seen > limit) tooLarge(limit);
			},
		}),
	);
	return new Request(request.url, {
		method: request.method,
		headers: request.headers,
		body,
		duplex: 'half',
	} as RequestInit);
};

/** The form of a request of at most `limit` bytes. Answers 400 to what is no form. */
export const readForm = async (request: Request, limit: number): Promise<FormData> => {
	try {
		return await limited(request, limit).formData();
	} catch (problem) {
		if (problem instanceof TypeError) error(400, t.refusals_not_a_form());
		throw problem;
	}
};
