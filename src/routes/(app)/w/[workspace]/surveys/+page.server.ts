import { page } from '#lib/server/http/guard.ts';
import * as surveys from '#lib/server/services/surveys.ts';

export const load = page('viewer', async ({ ctx, scope }) => ({ surveys: await surveys.list(ctx, scope) }));
