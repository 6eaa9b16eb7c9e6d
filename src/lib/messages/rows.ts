// What managers read for why a row of an imported file was refused, or what was passed over in it.
import type { KeptReason, Problem } from '#lib/domain/import/reasons.ts';
import { roleNames } from './columns.ts';
import { t } from './managers.ts';

const badScore = { thumbs: t.people_row_bad_score_thumbs, pmf: t.people_row_bad_score_pmf };
const longText = { name: t.people_row_long_name, comment: t.people_row_long_comment, id: t.people_row_long_id };

/** "Answered at: “01/02/2026” is not a date as year, month, day". What an earlier version kept is said as it was kept. */
export const rowText = (reason: KeptReason): string => {
	if (typeof reason === 'string') return reason;
	switch (reason.is) {
		case 'stray-quote':
			return t.people_row_stray_quote();
		case 'many-cells':
			return t.people_row_many_cells(reason);
		case 'long-text':
			return longText[reason.role](reason);
		case 'long-property':
			return t.people_row_long_property(reason);
		case 'no-email':
			return t.people_row_no_email();
		case 'bad-email':
			return t.people_row_bad_email(reason);
		case 'repeated-email':
			return t.people_row_repeated_email(reason);
		case 'no-score':
			return t.people_row_no_score();
		case 'bad-score':
			return reason.words ? badScore[reason.words](reason) : t.people_row_bad_score(reason);
		case 'fraction':
			return t.people_row_fraction(reason);
		case 'off-scale':
			return t.people_row_off_scale(reason);
		case 'no-date':
			return t.people_row_no_date({ column: roleNames[reason.role]() });
		case 'bad-date':
			return t.people_row_bad_date({ ...reason, column: roleNames[reason.role]() });
		case 'future-date':
			return t.people_row_future_date({ ...reason, column: roleNames[reason.role]() });
		case 'early-date':
			return t.people_row_early_date({ ...reason, column: roleNames[reason.role]() });
		case 'repeated-id':
			return t.people_row_repeated_id(reason);
		case 'known-id':
			return t.people_row_known_id();
		case 'deleted-person':
			return t.people_row_deleted_person();
		case 'sample-person':
			return t.people_row_sample_person();
		case 'unknown-language':
			return t.people_row_unknown_language(reason);
	}
};

/** Why an import stopped for good. */
export const problemText = (problem: Problem | string): string =>
	typeof problem === 'string' ? problem : t.people_import_broke(problem);
