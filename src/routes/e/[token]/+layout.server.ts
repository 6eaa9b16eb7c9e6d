import { introduce } from '#lib/server/http/customer.ts';
import { page } from '#lib/server/http/guard.ts';

export const load = page('anyone', ({ ctx, event }) => introduce(ctx, event));
