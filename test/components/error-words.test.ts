import { expect, test } from 'vitest';
import { formTrouble } from '#lib/components/error-words.ts';

const kept = 'What you typed is still here.';

test.each([
	[
		'the line is gone',
		{ type: 'error', error: new TypeError('Failed to fetch') },
		`Heed could not be reached. ${kept}`,
	],
	[
		'something broke',
		{ type: 'error', status: 500, error: { message: 'Something broke on our side.', number: '1f2e3d4c' } },
		`Something broke on our side. ${kept} Try again; if it happens again, quote 1f2e3d4c.`,
	],
	[
		'the database is gone before the session is read',
		{ message: 'Heed cannot reach its database.' },
		`Heed cannot reach its database. ${kept}`,
	],
	[
		'the sign-in has ended',
		{ type: 'error', status: 401, error: { message: 'Your sign-in has ended. Sign in in another tab.' } },
		`Your sign-in has ended. Sign in in another tab. ${kept}`,
	],
	[
		'nothing more is said',
		{ type: 'error', status: 413, error: { message: 'Payload' } },
		`Make it smaller and send it again. ${kept}`,
	],
])('says of a form that did not get through that %s, and that nothing typed is lost', (_, result, sentence) => {
	expect(formTrouble(result)).toContain(sentence);
});
