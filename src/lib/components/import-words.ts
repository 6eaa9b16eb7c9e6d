// What imports are called on the managers' pages.
import type { ImportCounts, ImportKind, ImportStatus } from '#lib/domain/import/import.ts';
import * as figures from './figures.ts';
import type { MessageTone } from './tone.ts';

export const importStates: Record<ImportStatus, { label: string; tone: MessageTone }> = {
	uploading: { label: 'Uploading', tone: 'info' },
	mapping: { label: 'Not started', tone: 'warning' },
	running: { label: 'Running', tone: 'info' },
	done: { label: 'Done', tone: 'success' },
	undoing: { label: 'Being undone', tone: 'info' },
	undone: { label: 'Undone', tone: 'neutral' },
	failed: { label: 'Stopped', tone: 'danger' },
};

export const importKinds: Record<ImportKind, { one: string; several: string }> = {
	people: { one: 'person', several: 'people' },
	answers: { one: 'answer', several: 'answers' },
};

/** "1 answer", "6,121 answers" */
export const counted = (kind: ImportKind, count: number): string =>
	`${figures.count(count)} ${count === 1 ? importKinds[kind].one : importKinds[kind].several}`;

/** What became of the rows, in a few words: "6,121 added, 2 refused". */
export const summary = (status: ImportStatus, { added, updated, unchanged, refused }: ImportCounts): string => {
	if (status === 'undone') return 'taken back';
	const parts = [
		[added, 'added'],
		[updated, 'changed'],
		[unchanged, 'unchanged'],
		[refused, 'refused'],
	] as const;
	return (
		parts
			.filter(([count]) => count > 0)
			.map(([count, word]) => `${figures.count(count)} ${word}`)
			.join(', ') || 'nothing yet'
	);
};
