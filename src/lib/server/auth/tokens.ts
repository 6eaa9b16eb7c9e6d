// Secrets that are handed out once and kept only as hashes.
import { createHash } from 'node:crypto';
import type { RandomBytes } from '../context.ts';

/** 256 random bits, safe in an address and in a cookie. */
export const makeToken = (randomBytes: RandomBytes): string => Buffer.from(randomBytes(32)).toString('base64url');

/** SHA-256 in hex: a token is random, so it needs no slow hash. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
