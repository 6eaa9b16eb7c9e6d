// The limits of a logo, and the address that customers' pages and mails show it from.

export const logoLimits = { bytes: 100_000, width: 600, height: 200, uploadBytes: 5_000_000 } as const;

/** A logo never changes under its id: a new picture is a new id. So the address may be kept for ever. */
export const logoPath = (workspaceId: string, logoId: string): string => `/logo/${workspaceId}/${logoId}`;
