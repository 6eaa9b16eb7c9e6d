// How a survey looks: everything comes with the page, so a typeface is one that the customer's device has.
import { z } from 'zod';

export const colourSchema = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^#[0-9a-f]{6}$/, 'A colour is # and six hexadecimal digits, such as #1f6f5c');

export const typefaces = ['system', 'humanist', 'serif', 'rounded', 'slab', 'mono'] as const;
export const corners = ['square', 'soft', 'round'] as const;
export const schemes = ['auto', 'light', 'dark'] as const;

export const brandSchema = z.strictObject({
	colour: colourSchema,
	/** Id of a stored logo, or null. */
	logoId: z
		.string()
		.regex(/^[0-9a-f]{24}$/)
		.nullable(),
	typeface: z.enum(typefaces),
	corner: z.enum(corners),
	/** Null is the product's own paper. */
	background: z.strictObject({ light: colourSchema.nullable(), dark: colourSchema.nullable() }),
	/** Whether the page follows the customer's device. */
	scheme: z.enum(schemes),
});
export type Brand = z.output<typeof brandSchema>;

export const defaultColour = '#1f6f5c';
export const defaultBrand: Brand = {
	colour: defaultColour,
	logoId: null,
	typeface: 'system',
	corner: 'soft',
	background: { light: null, dark: null },
	scheme: 'auto',
};
