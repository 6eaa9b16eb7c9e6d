// What the managers' side calls the phases of a customer's journey.
import { phases, type Phase, type Touchpoint } from '#lib/domain/workspace/touchpoints.ts';
import { t } from '#lib/messages/managers.ts';

export const phaseWords: Record<Phase, () => string> = {
	before: t.common_phase_before,
	during: t.common_phase_during,
	after: t.common_phase_after,
};

/** The touchpoints to choose from, by phase, with "None yet" first. */
export const touchpointOptions = (touchpoints: readonly Touchpoint[], none: string) => [
	{ value: '', label: none },
	...phases.flatMap((phase) =>
		touchpoints
			.filter((each) => each.phase === phase)
			.map(({ id, name }) => ({ value: id, label: name, group: phaseWords[phase]() })),
	),
];
