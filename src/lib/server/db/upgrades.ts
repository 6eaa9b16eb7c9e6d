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

/** Version 2: surveys have a touchpoint, a schedule, a quota and an archive; versions know who published them. */
export const survey2: Tree = {
	touchpointId: null,
	opensAt: null,
	closesAt: null,
	quota: null,
	archivedAt: null,
	previewGeneration: 0,
	deletedAt: null,
};
export const touchpoints2: readonly Tree[] = [
	{ id: 'tadvertising', name: 'Advertising', phase: 'before' },
	{ id: 'twebsite', name: 'Website', phase: 'before' },
	{ id: 'tadvice', name: 'Advice', phase: 'before' },
	{ id: 'tstore', name: 'Store', phase: 'during' },
	{ id: 'torder', name: 'Order', phase: 'during' },
	{ id: 'tpayment', name: 'Payment', phase: 'during' },
	{ id: 'tdelivery', name: 'Delivery', phase: 'after' },
	{ id: 'tonboarding', name: 'Onboarding', phase: 'after' },
	{ id: 'tsupport', name: 'Support', phase: 'after' },
	{ id: 'treturns', name: 'Returns', phase: 'after' },
	{ id: 'trelationship', name: 'Relationship', phase: 'after' },
];
