import { expect, it } from 'vitest';
import { slugOf } from '#lib/domain/workspace/slug.ts';

it.each([
	['Corner Shop', 'corner-shop'],
	['Café Müller & Co.', 'cafe-muller-co'],
	['  --  ', 'workspace'],
	['සිංහල කඩය', 'workspace'],
	['../../etc', 'etc'],
	['A'.repeat(100), 'a'.repeat(40)],
	[`${'a'.repeat(39)} b`, 'a'.repeat(39)],
])('%j is %s in addresses', (name, slug) => {
	expect(slugOf(name)).toBe(slug);
});
