// What a customer meets after the last question, by the bucket of their score.
import { z } from 'zod';

/** An address that a customer is sent to: https, or http for those who have no better. */
export const webAddressSchema = z
	.string()
	.trim()
	.max(2000, 'At most 2000 characters')
	.refine(
		(address) => URL.canParse(address) && /^https?:$/.test(new URL(address).protocol),
		'An address starts with https://, such as https://example.com/reviews',
	);

export const endingSchema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('thanks') }),
	/** Asks whether they may be contacted about their answer. */
	z.strictObject({ kind: z.literal('permission') }),
	/** Says that somebody will reply. */
	z.strictObject({ kind: z.literal('promise') }),
	/** Offers a page to go to: a review, a referral. */
	z.strictObject({ kind: z.literal('link'), address: webAddressSchema }),
]);
export type Ending = z.output<typeof endingSchema>;
export type EndingKind = Ending['kind'];
export const endingKinds = endingSchema.options.map(({ shape }) => shape.kind.value) as EndingKind[];
