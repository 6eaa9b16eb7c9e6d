// Values as they come off the wire, and as text that shows every type.
import { EJSON, serialize, type Document } from 'bson';
import { decode, type Doc } from '#lib/server/embedded/values.ts';

/** A document as the engine sees it: whole JS numbers are ints, others doubles. */
export const typed = (doc: object): Doc => decode(serialize(doc as Document));

/** A value as the engine sees it. */
export const typedValue = (value: unknown): unknown => typed({ value })['value'];

/** Text in which 1, 1.0 and Long 1 differ; 'missing' for a field that is not there. */
export const shown = (value: unknown): string =>
	value === undefined ? 'missing' : EJSON.stringify(value, { relaxed: false });
