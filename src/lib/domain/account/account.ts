// What a person who signs in gives: e-mail address, name.
import { z } from 'zod';

/** Trimmed and lower-cased: " Ann@Shop.Example " → "ann@shop.example". */
export const emailSchema = z
	.string()
	.trim()
	.toLowerCase()
	.max(254, 'At most 254 characters')
	.pipe(z.email('Write an e-mail address such as ana@shop.example'));

export const personNameSchema = z.string().trim().min(1, 'Write your name').max(80, 'At most 80 characters');
