// Something broke that nobody foresaw: the log has what, and the person a number to quote.
import { randomUUID } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { t } from '#lib/messages/managers.ts';

/** Writes it down under a new number. */
export const report = (problem: unknown, { locals, request, route }: RequestEvent) => {
	const number = randomUUID().slice(0, 8);
	locals.ctx?.log.error({ number, error: problem, method: request.method, route: route.id }, 'a request broke');
	return { message: t.refusals_broke({ number }), number };
};
