// Tokens in customers' links: scoped and signed, rebuilt on every retry, looked up nowhere.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** answer: one invitation; open: a survey's link for sharing; preview: a survey's draft; join: a colleague's invitation. */
export type LinkKind = 'answer' | 'open' | 'preview' | 'join';
export type Link = { kind: LinkKind; workspaceId: string; id: string };

const kinds: readonly LinkKind[] = ['answer', 'open', 'preview', 'join'];
const idBytes = 12;
const macBytes = 16;

const mac = (secret: Uint8Array, signed: Uint8Array) =>
	createHmac('sha256', secret).update(signed).digest().subarray(0, macBytes);

/** base64url(kind, workspace id, id, HMAC-SHA256 of these cut to 16 bytes): 55 characters, safe in an address. */
export const tokenFor = (secret: Uint8Array, link: Link): string => {
	const kind = Buffer.of(kinds.indexOf(link.kind));
	const signed = Buffer.concat([kind, Buffer.from(link.workspaceId, 'hex'), Buffer.from(link.id, 'hex')]);
	return Buffer.concat([signed, mac(secret, signed)]).toString('base64url');
};

/** What a token stands for, or null when it is not one of ours: altered, cut short, signed with another secret. */
export const readToken = (secret: Uint8Array, token: string): Link | null => {
	const bytes = Buffer.from(token, 'base64url');
	const end = 1 + 2 * idBytes;
	if (bytes.length !== end + macBytes || bytes.toString('base64url') !== token) return null;
	const signed = bytes.subarray(0, end);
	const kind = kinds[bytes[0]!];
	if (!kind || !timingSafeEqual(bytes.subarray(end), mac(secret, signed))) return null;
	return { kind, workspaceId: bytes.toString('hex', 1, 1 + idBytes), id: bytes.toString('hex', 1 + idBytes, end) };
};
