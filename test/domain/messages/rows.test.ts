import { expect, test } from 'vitest';
import type { Reason } from '#lib/domain/import/reasons.ts';
import type { OwnReply } from '#lib/domain/sending/reply.ts';
import { deviceText } from '#lib/messages/devices.ts';
import { replyText } from '#lib/messages/replies.ts';
import { problemText, rowText } from '#lib/messages/rows.ts';

test.each<[Reason, string]>([
	[{ is: 'many-cells', cells: 5, columns: 1 }, 'It has 5 cells, and the header has 1'],
	[{ is: 'long-property', property: 'Plan', most: 1_000 }, '“Plan” has more than 1,000 characters'],
	[{ is: 'bad-score', value: 'sad', words: null }, '“sad” is not a number'],
	[{ is: 'repeated-id', line: 12_345 }, 'The same id as line 12,345'],
	[{ is: 'known-id' }, 'The same id as an answer that is here already'],
	[{ is: 'deleted-person' }, 'This person was deleted a moment ago. Import this row again in a minute'],
	[{ is: 'sample-person' }, 'This address belongs to the sample data'],
	[
		{ is: 'bad-date', role: 'date', value: '03.02.', format: 'unix-seconds' },
		'Answered at: “03.02.” is not a date as seconds since 1970',
	],
	[{ is: 'unknown-language', value: 'xx' }, 'The language “xx” is not one Heed speaks; it was left empty'],
])('a row is refused, or remarked on, with the reason: %j', (reason, words) => expect(rowText(reason)).toBe(words));

test('an import that stopped for good says what to quote', () =>
	expect(problemText({ is: 'broke', number: '1a2b3c4d' })).toBe(
		'Something broke on our side, and the rest was not read. When you ask for help, quote 1a2b3c4d.',
	));

test.each<[OwnReply['is'], string]>([
	['kept', 'Kept in the built-in mailbox'],
	['unwritten', 'Heed could not write this message; its log says why'],
	['sending-cancelled', 'The sending was cancelled'],
	['survey-gone', 'The survey is gone'],
	['person-deleted', 'This person was deleted before it was sent'],
	['unsubscribed', 'Unsubscribed before it was sent'],
	['refused-before', 'Their mail server refused another message for good'],
	['sample-person', 'A sample person: nobody is there'],
])('what became of a mail (%s) is said as “%s”', (is, words) => expect(replyText({ is })).toBe(words));

test('a mail server’s own words are shown as they came', () => expect(replyText('250 2.0.0 OK')).toBe('250 2.0.0 OK'));

test('what an earlier version kept as a sentence is shown as that sentence', () => {
	expect(rowText('The same address as line 3')).toBe('The same address as line 3');
	expect(problemText('Something broke.')).toBe('Something broke.');
	expect(replyText('Kept in the built-in mailbox')).toBe('Kept in the built-in mailbox');
	expect(deviceText('Chrome on Linux')).toBe('Chrome on Linux');
});
