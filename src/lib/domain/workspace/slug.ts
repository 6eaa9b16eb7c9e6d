// What a workspace is called in addresses.

/** Lower-case letters and digits with hyphens, at most 40: "Café Müller & Co." → "cafe-muller-co"; "සිංහල" → "workspace". */
export const slugOf = (name: string): string =>
	name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 40)
		.replace(/^-+|-+$/g, '') || 'workspace';
