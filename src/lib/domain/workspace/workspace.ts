// The tenant and the people who sign in to it.
import type { Language } from '../survey/language.ts';
import type { Touchpoint } from './touchpoints.ts';

export type Workspace = {
	id: string;
	/** In addresses: /w/<slug>. */
	slug: string;
	/** Shown to customers as the company that asks. */
	name: string;
	/** IANA name; days, weeks and months are counted in it. */
	timeZone: string;
	/** The language a customer is met in when nothing is known of them. */
	language: Language;
	/** Nobody is asked again by any survey within this many days. */
	quietDays: number;
	/** Where customers meet the company, in the order of their journey. */
	touchpoints: readonly Touchpoint[];
	createdAt: Date;
};

export const roles = ['viewer', 'member', 'owner'] as const;
export type Role = (typeof roles)[number];

/** Whether a role may do what `needed` may do: owner ⊃ member ⊃ viewer. */
export const isAtLeast = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

export type User = { id: string; email: string; name: string; createdAt: Date };

/** Who is asking, and for which workspace. Made by a guard only. */
export type Scope = { workspaceId: string; userId: string; role: Role };
