import { NotFound } from '#lib/domain/errors.ts';
import { t } from '#lib/messages/managers.ts';
import { page } from '#lib/server/http/guard.ts';

/** An address that leads nowhere says so inside the workspace it names. */
export const load = page('viewer', () => {
	throw new NotFound(t.refusals_no_page());
});
