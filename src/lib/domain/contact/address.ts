// E-mail addresses as people write them, and the one form in which they are compared.

// The browsers' rule for input type=email, and a domain with a dot: what a mail server on the internet can take.
const pattern =
	/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** The key an address is unique by: " Ana@Example.COM " is ana@example.com. */
export const addressKey = (email: string): string => email.trim().toLowerCase();

/** An e-mail address has at most so many characters (RFC 5321). */
export const longestAddress = 254;

/** Whether mail can be addressed so: `ana@shop.lk` yes, `ana@shop` and `ana@@shop.lk` no. Spaces around it are not part of it. */
export const isAddress = (email: string): boolean =>
	email.length <= longestAddress && pattern.test(email.toLowerCase()) && !email.includes('..');

/** The end of an address that can never reach anybody (RFC 2606): sample people live there. */
export const reservedPattern = /[@.](?:example\.(?:com|net|org)|example|test|invalid|localhost)$/;

/** Whether an address can never reach anybody: ann@shop.example.com is one. */
export const isReservedAddress = (address: string): boolean => reservedPattern.test(address);

export type PastedPerson = { email: string; name: string };

/** An address with its domain as mail servers know it: ana@müller.de is ana@xn--mller-kva.de. */
const withPlainDomain = (email: string): string => {
	const [, name, domain] = /^([^@]+@)([\p{L}\p{N}\p{M}.-]*[^\0-\x7f][\p{L}\p{N}\p{M}.-]*)$/u.exec(email) ?? [];
	return domain && URL.canParse(`http://${domain}`) ? name + new URL(`http://${domain}`).hostname : email;
};

/**
 * Reads an address as it stands in texts and files: `ana@shop.lk`, `Ana Perera <ana@shop.lk>`, `mailto:ana@shop.lk`, with
 * signs that nobody sees beside it or without. Null when it is none.
 */
export const readWritten = (written: string): PastedPerson | null => {
	const named = /^(?<name>.*?)\s*<(?<email>[^<>]+)>$/.exec(written.trim())?.groups;
	const bare = (named?.email ?? written).replace(/\p{Cf}/gu, '').trim();
	const email = withPlainDomain(bare.replace(/^mailto:/i, ''));
	return isAddress(email) ? { email, name: (named?.name ?? '').replace(/^"|"$/g, '').trim() } : null;
};

/**
 * Reads pasted addresses, one or more to a line, separated by new lines, commas or semicolons. What cannot be read comes back as it was written, with its line.
 */
export const readPasted = (text: string): { people: PastedPerson[]; refused: { line: number; text: string }[] } => {
	const people: PastedPerson[] = [];
	const refused: { line: number; text: string }[] = [];
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		for (const part of line.split(/[,;\t](?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
			const written = part.trim();
			if (!written) continue;
			const person = readWritten(written);
			if (person) people.push(person);
			else refused.push({ line: index + 1, text: written });
		}
	}
	return { people, refused };
};
