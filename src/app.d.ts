import type { Context } from '#lib/server/context.ts';
import type { User } from '#lib/domain/workspace/workspace.ts';
import type { Language } from '#lib/domain/survey/language.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** What to quote when asking for help; only where the product itself broke. */
			number?: string;
		}
		interface Locals {
			ctx: Context;
			/** Who is signed in. */
			user: User | null;
			sessionId: string | null;
			clientAddress: string;
			/** The page's language; English on the managers' side. */
			language: Language;
		}
	}
}

export {};
