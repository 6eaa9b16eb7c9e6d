// An e-mail address in a form.
import { z } from 'zod';
import { isAddress, longestAddress } from './address.ts';

/** An e-mail address, trimmed, at most 254 characters. */
export const emailSchema = z
	.string()
	.trim()
	.max(longestAddress, `An e-mail address has at most ${longestAddress} characters`)
	.refine(isAddress, 'This is not an e-mail address. One looks like ana@shop.example');
