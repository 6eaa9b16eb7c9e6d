// What definitions of older versions are filled up with. Written once per migration and never changed afterwards.

type Tree = { [name: string]: unknown };

/** Version 1: metrics with their scale, questions, logic, endings, a brand with typeface and corners, a sender. */
export const toDefinition1 = (old: Tree): Tree => ({
	scale:
		old.metric === 'csat'
			? { points: 5, look: 'faces', order: 'low-first', direction: 'high-is-good', topBoxes: 2 }
			: { points: 11, look: 'numbers', order: 'low-first', direction: 'high-is-good', topBoxes: 2 },
	hasComment: true,
	rules: [],
	questions: [],
	endings: {},
	hiddenFields: [],
	sender: { name: null, replyTo: null },
	...old,
	brand: {
		typeface: 'system',
		corner: 'soft',
		background: { light: null, dark: null },
		scheme: 'auto',
		...(old.brand as Tree),
	},
});
