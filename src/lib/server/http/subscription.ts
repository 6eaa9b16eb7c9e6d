// What the unsubscribe page shows, in the customer's language: theirs by choice, by the mail, or by their browser.
import type { RequestEvent } from '@sveltejs/kit';
import type { Letterhead } from '#lib/domain/response/asking.ts';
import { parseLanguage, preferredLanguage, type Language } from '#lib/domain/survey/language.ts';
import type { Context } from '../context.ts';
import * as unsubscribes from '../services/unsubscribes.ts';

/** For the layout, which the error page has too: the language, and who writes when that is known. */
export const introduceSubscription = async (
	ctx: Context,
	event: RequestEvent,
): Promise<{ language: Language; head: Letterhead | null }> => {
	event.setHeaders({ 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' });
	// The page's own load says what is wrong with the link.
	const found = await unsubscribes.find(ctx, event.params.token ?? '').catch(() => null);
	const language =
		parseLanguage(event.url.searchParams.get('lang')) ??
		found?.language ??
		preferredLanguage(event.request.headers.get('accept-language')) ??
		'en';
	event.locals.language = language;
	return { language, head: found && { ...found.head, language } };
};
