// The columns that exports have before those of properties and questions, by which an import knows a file of ours.

export const answerColumns = [
	'Score',
	'Bucket',
	'Comment',
	'Follow-up question',
	'Language',
	'Channel',
	'Asked at',
	'Answered at',
	'Version',
	'E-mail',
	'Name',
	'May be contacted',
	'Contact e-mail',
	'Answer id',
] as const;
export const personColumns = [
	'E-mail',
	'Name',
	'Language',
	'Last score',
	'Last answered at',
	'Unsubscribed at',
] as const;
export const exportedColumns: readonly (readonly string[])[] = [answerColumns, personColumns];
