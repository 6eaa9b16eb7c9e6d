// Tokens in customers' links: scoped and signed, rebuilt on every retry, looked up nowhere.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** answer: one invitation; open: a survey's link for sharing; preview: a survey's draft; join: a colleague's invitation. */
export type LinkKind = 'answer' | 'open' | 'preview' | 'join';
type Named = { workspaceId: string; id: string };
/** Good until `expiresAt`, to the second, and while the survey's links are of this generation. */
export type PreviewLink = Named & { kind: 'preview'; expiresAt: Date; generation: number };
export type Link = (Named & { kind: Exclude<LinkKind, 'preview'> }) | PreviewLink;

const kinds: readonly LinkKind[] = ['answer', 'open', 'preview', 'join'];
const idBytes = 12;
const termBytes = 8;
const macBytes = 16;

const mac = (secret: Uint8Array, signed: Uint8Array) =>
	createHmac('sha256', secret).update(signed).digest().subarray(0, macBytes);

const termOf = (link: Link) => {
	const term = Buffer.alloc(link.kind === 'preview' ? termBytes : 0);
	if (link.kind === 'preview') {
		term.writeUInt32BE(Math.floor(link.expiresAt.getTime() / 1000), 0);
		term.writeUInt32BE(link.generation, 4);
	}
	return term;
};

/**
 * base64url(kind, workspace id, id, HMAC-SHA256 of these cut to 16 bytes): 55 characters, safe in an address. A preview
 * has its expiry in seconds and its generation in front of the HMAC, 4 bytes each: 66 characters.
 */
export const tokenFor = (secret: Uint8Array, link: Link): string => {
	const kind = Buffer.of(kinds.indexOf(link.kind));
	const ids = [Buffer.from(link.workspaceId, 'hex'), Buffer.from(link.id, 'hex')];
	const signed = Buffer.concat([kind, ...ids, termOf(link)]);
	return Buffer.concat([signed, mac(secret, signed)]).toString('base64url');
};

/** What a token stands for, or null when it is not one of ours: altered, cut short, signed with another secret. */
export const readToken = (secret: Uint8Array, token: string): Link | null => {
	const bytes = Buffer.from(token, 'base64url');
	const kind = kinds[bytes[0] ?? kinds.length];
	if (!kind) return null;
	const named = 1 + 2 * idBytes;
	const end = named + (kind === 'preview' ? termBytes : 0);
	if (bytes.length !== end + macBytes || bytes.toString('base64url') !== token) return null;
	if (!timingSafeEqual(bytes.subarray(end), mac(secret, bytes.subarray(0, end)))) return null;
	const ids = { workspaceId: bytes.toString('hex', 1, 1 + idBytes), id: bytes.toString('hex', 1 + idBytes, named) };
	if (kind !== 'preview') return { kind, ...ids };
	const expiresAt = new Date(bytes.readUInt32BE(named) * 1000);
	return { kind, ...ids, expiresAt, generation: bytes.readUInt32BE(named + 4) };
};
