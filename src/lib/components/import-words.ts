// What imports are called on the managers' pages.
import type { ImportCounts, ImportStatus } from '#lib/domain/import/import.ts';
import { spoken, t } from '#lib/messages/managers.ts';
import type { MessageTone } from './tone.ts';

export const importStates: Record<ImportStatus, { label: () => string; tone: MessageTone }> = {
	uploading: { label: t.people_import_uploading, tone: 'info' },
	mapping: { label: t.people_import_waiting, tone: 'warning' },
	running: { label: t.people_import_running, tone: 'info' },
	done: { label: t.people_import_done, tone: 'success' },
	undoing: { label: t.people_import_undoing, tone: 'info' },
	undone: { label: t.people_import_undone, tone: 'neutral' },
	failed: { label: t.people_import_failed, tone: 'danger' },
};

/** What became of the rows, in a few words: "6,121 added, 2 refused". */
export const summary = (status: ImportStatus, { added, updated, unchanged, refused }: ImportCounts): string => {
	if (status === 'undone') return t.people_summary_undone();
	const parts = [
		added && t.people_summary_added({ n: added }),
		updated && t.people_summary_changed({ n: updated }),
		unchanged && t.people_summary_unchanged({ n: unchanged }),
		refused && t.people_summary_refused({ n: refused }),
	].filter((part) => part !== 0);
	if (!parts.length) return t.people_summary_none();
	return new Intl.ListFormat(spoken(), { type: 'unit', style: 'short' }).format(parts);
};
