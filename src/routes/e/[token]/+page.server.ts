import { bodyLimit, show, take } from '#lib/server/http/customer.ts';
import { action, page } from '#lib/server/http/guard.ts';

export const load = page('anyone', ({ ctx, event }) => show(ctx, event));

export const actions = {
	default: action('anyone', ({ ctx, event, form }) => take(ctx, event, form, 'embed'), { limit: bodyLimit }),
};
