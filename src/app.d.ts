import type { ClosedReason } from '#lib/domain/errors.ts';
import type { Unsent } from '#lib/domain/response/asking.ts';
import type { Context } from '#lib/server/context.ts';
import type { User } from '#lib/domain/workspace/workspace.ts';
import type { Language } from '#lib/domain/survey/language.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** What to quote when asking for help; only where the product itself broke. */
			number?: string;
			/** On customers' pages: why nothing can be answered, and what they typed. */
			reason?: ClosedReason;
			opensAt?: Date | null;
			unsent?: Unsent;
			/** The fields of the form that can be sent again as it was. */
			again?: [name: string, value: string][];
		}
		interface Locals {
			ctx: Context;
			/** Who is signed in. */
			user: User | null;
			sessionId: string | null;
			clientAddress: string;
			/** The page's language; English on the managers' side. */
			language: Language;
			/** The language that a customer switched to. */
			chosenLanguage: string | null;
		}
	}
}

export {};
