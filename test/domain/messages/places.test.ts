import { expect, test } from 'vitest';
import type { Spot } from '#lib/domain/survey/text-places.ts';
import { placeName } from '#lib/messages/places.ts';

test.each<[Spot, string]>([
	[{ of: 'subject' }, 'Subject of the mail'],
	[{ of: 'high-end' }, 'High end of the scale'],
	[{ of: 'follow-up', bucket: 'not-disappointed' }, 'Follow-up, not disappointed'],
	[{ of: 'ending', bucket: 'promoter' }, 'Ending, promoter'],
	[{ of: 'ending-button', bucket: 'promoter' }, 'Ending, promoter, button'],
	[{ of: 'title', question: 2 }, 'Question 2'],
	[{ of: 'description', question: 2 }, 'Question 2, description'],
	[{ of: 'row', question: 2, number: 3 }, 'Question 2, row 3'],
	[{ of: 'low-label', question: 1 }, 'Question 1, low end'],
])('%j is called %s', (spot, name) => {
	expect(placeName(spot)).toBe(name);
	expect(placeName(spot, 'en')).toBe(name);
});
