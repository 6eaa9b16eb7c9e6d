// Sends a new logo at once, so that the preview has it; the draft names it with its next save.
import { deserialize } from '$app/forms';
import type { Refused } from '#lib/components/submission.svelte.ts';
import { t } from '#lib/messages/managers.ts';

/** The id under which a logo is kept, or why it is not. */
export async function keepLogo(file: File): Promise<{ logoId?: string; problem?: string }> {
	const body = new FormData();
	body.set('logo', file);
	try {
		const response = await fetch('?/logo', { method: 'POST', body, headers: { 'x-sveltekit-action': 'true' } });
		const result = deserialize(await response.text());
		if (result.type === 'success') return { logoId: result.data?.logoId as string };
		if (result.type === 'failure') return { problem: (result.data?.refusal as Refused)?.message };
		return { problem: t.builder_logo_not_kept() };
	} catch {
		return { problem: t.builder_logo_not_sent() };
	}
}
