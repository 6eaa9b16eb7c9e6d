import { expect, test } from 'vitest';
import { remarkText } from '#lib/components/remark-words.ts';
import type { Remark } from '#lib/domain/survey/quality.ts';

const weak = { ratio: 1.2345, needed: 3, shades: ['light', 'dark'], field: 'colour', offer: null } as const;

test.each<[Remark, string]>([
	[
		{ kind: 'length', step: 'q6', questions: 6 },
		'6 questions after the score are many. Each one more is a reason to stop.',
	],
	[
		{ kind: 'translation', step: 'metric', missing: 1, language: 'si', base: 'en' },
		'1 text is not translated into Sinhala; it is asked in English.',
	],
	[
		{ kind: 'translation', step: 'metric', missing: 2, language: 'ar', base: 'en' },
		'2 texts are not translated into Arabic; they are asked in English.',
	],
	[
		{ kind: 'personal', step: 'metric', slot: 'first name' },
		'{first name} stands without a fallback: whoever has none reads the sentence without it. Write {first name|and what to say instead}.',
	],
	[
		{ kind: 'braces', step: 'metric', text: 'Hello {first name' },
		'“Hello {first name” has a brace around no name, which customers see as it is. Write a name between two braces, as in {first name}, or take the brace out.',
	],
	[
		{ kind: 'wording', step: 'metric', trap: 'two-in-one', text: 'Quick and friendly?' },
		'“Quick and friendly?” may ask two things at once. Whoever agrees with only one cannot answer.',
	],
	[
		{ kind: 'contrast', step: 'look', advice: { ...weak, shades: ['light', 'dark'] } },
		'The brand colour stands out little on the light and the dark background: 1.2:1, where 3:1 is needed.',
	],
	[
		{
			kind: 'contrast',
			step: 'look',
			advice: { field: 'dark', shades: ['dark'], ratio: 4, needed: 4.5, offer: '#101010' },
		},
		'Text can hardly be read on the dark background: 4.0:1, where 4.5:1 is needed. #101010 is near it and passes.',
	],
])('%j is said', (remark, words) => {
	expect(remarkText(remark)).toBe(words);
});
