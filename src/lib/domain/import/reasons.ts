// Why a row of a file was not taken, or what was passed over in one that was: messages/rows.ts has the words.
import type { DateFormat } from './dates.ts';

export type Reason =
	| { is: 'stray-quote' }
	| { is: 'many-cells'; cells: number; columns: number }
	| { is: 'long-text'; role: 'name' | 'comment' | 'id'; most: number }
	| { is: 'long-property'; property: string; most: number }
	| { is: 'no-email' }
	| { is: 'bad-email'; value: string }
	| { is: 'repeated-email'; line: number }
	| { is: 'no-score' }
	/** `words`: the metric whose scores may be words too, and this is none of them. */
	| { is: 'bad-score'; value: string; words: 'thumbs' | 'pmf' | null }
	| { is: 'fraction'; value: string }
	| { is: 'off-scale'; value: string; min: number; max: number }
	| { is: 'no-date'; role: DateRole }
	| { is: 'bad-date'; role: DateRole; value: string; format: DateFormat }
	| { is: 'future-date' | 'early-date'; role: DateRole; value: string }
	| { is: 'repeated-id'; line: number }
	| { is: 'known-id' | 'deleted-person' | 'sample-person' }
	| { is: 'unknown-language'; value: string };
export type DateRole = 'date' | 'askedAt';

/** As it is kept: earlier versions kept a sentence. */
export type KeptReason = Reason | string;

/** Why an import stopped for good: something broke, noted in the log under this number. */
export type Problem = { is: 'broke'; number: string };
