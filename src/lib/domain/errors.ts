// What can go wrong in the product's own terms. No status codes: the edge that speaks HTTP maps them once.

/** Something asked for does not exist, or not for this asker: the two are never told apart. */
export class NotFound extends Error {
	override name = 'NotFound';
}

/** The asker is known and may not do this. */
export class Forbidden extends Error {
	override name = 'Forbidden';
}

/** It cannot be done in the present state: somebody else was faster, or a rule of the state forbids it. */
export class Conflict extends Error {
	override name = 'Conflict';
}

/** What was given is wrong: `fields` says which field and why; the message alone is a sentence fit to be shown. */
export class Invalid extends Error {
	override name = 'Invalid';
	readonly fields: Record<string, string>;
	constructor(message: string, fields: Record<string, string> = {}) {
		super(message);
		this.fields = fields;
	}
}

export type ClosedReason = 'closed' | 'paused' | 'scheduled' | 'full' | 'expired';

/** A survey, link or window that was open is closed now; `reason` lets the customer's page say so in their language. */
export class Closed extends Error {
	override name = 'Closed';
	readonly reason: ClosedReason;
	/** When it opens, of what is scheduled. */
	readonly opensAt: Date | null;
	constructor(message: string, reason: ClosedReason = 'closed', opensAt: Date | null = null) {
		super(message);
		this.reason = reason;
		this.opensAt = opensAt;
	}
}

/** Too many tries; `retryAfterSeconds` says when the next is welcome. */
export class TooMany extends Error {
	override name = 'TooMany';
	readonly retryAfterSeconds: number;
	constructor(message: string, retryAfterSeconds: number) {
		super(message);
		this.retryAfterSeconds = retryAfterSeconds;
	}
}
