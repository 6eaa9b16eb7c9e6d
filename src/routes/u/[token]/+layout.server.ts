import { introduceSubscription } from '#lib/server/http/subscription.ts';
import { page } from '#lib/server/http/guard.ts';

export const load = page('anyone', ({ ctx, event }) => introduceSubscription(ctx, event));
