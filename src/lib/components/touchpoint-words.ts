// What the managers' side calls the phases of a customer's journey.
import { phases, type Phase, type Touchpoint } from '#lib/domain/workspace/touchpoints.ts';

export const phaseWords: Record<Phase, string> = {
	before: 'Before the purchase',
	during: 'During the purchase',
	after: 'After the purchase',
};

/** The touchpoints to choose from, by phase, with "None yet" first. */
export const touchpointOptions = (touchpoints: readonly Touchpoint[], none: string) => [
	{ value: '', label: none },
	...phases.flatMap((phase) =>
		touchpoints
			.filter((each) => each.phase === phase)
			.map(({ id, name }) => ({ value: id, label: name, group: phaseWords[phase] })),
	),
];
