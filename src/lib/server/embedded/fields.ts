// Which top-level fields of a document a query or a pipeline can look at, so that the others need not be decoded.
import { toNumber } from './numbers.ts';
import { type Doc, isDoc } from './values.ts';

/** Null stands for all of them. */
export type Fields = ReadonlySet<string> | null;

export const noFields: Fields = new Set();

const headOf = (path: string) => path.split('.', 1)[0]!;

export const headsOf = (paths: Iterable<string>): Fields => new Set([...paths].map(headOf));

export function both(a: Fields, b: Fields): Fields {
	return a && b && new Set([...a, ...b]);
}

/** The fields a filter looks at. */
export function filterFields(filter: Doc): Fields {
	let fields: Fields = noFields;
	for (const [name, operand] of Object.entries(filter)) {
		if (!name.startsWith('$')) fields = both(fields, headsOf([name]));
		else if (name === '$expr') fields = both(fields, expressionFields(operand));
		else if (Array.isArray(operand)) for (const part of operand) fields = both(fields, filterFields(part as Doc));
	}
	return fields;
}

/** The fields a find's projection looks at; all unless it only includes whole fields. */
export function projectionFields(projection: Doc): Fields {
	const entries = Object.entries(projection);
	const isPlain = entries.every(([name, operand]) => name === '_id' || (isKept(operand) && !name.endsWith('.$')));
	return isPlain && entries.some(([name]) => name !== '_id') ? headsOf(['_id', ...Object.keys(projection)]) : null;
}

const isKept = (operand: unknown) => operand === true || (toNumber(operand) ?? 0) !== 0;

/** Operators that name fields of the document by other means than "$field". */
const indirect = new Set(['$getField', '$setField', '$unsetField', '$top', '$bottom', '$topN', '$bottomN']);

function expressionFields(expression: unknown): Fields {
	if (typeof expression === 'string') {
		if (!expression.startsWith('$')) return noFields;
		if (!expression.startsWith('$$')) return headsOf([expression.slice(1)]);
		return /^\$\$(ROOT|CURRENT)\b/.test(expression) ? null : noFields;
	}
	const parts = Array.isArray(expression) ? expression : isDoc(expression) ? Object.values(expression) : [];
	if (isDoc(expression) && Object.keys(expression).some((name) => indirect.has(name))) return null;
	return parts.reduce<Fields>((fields, part) => fields && both(fields, expressionFields(part)), noFields);
}

/** The fields of its first documents that a pipeline looks at, up to the stage that makes new documents of them. */
export function pipelineFields(stages: readonly Doc[]): Fields {
	let fields: Fields = noFields;
	for (const stage of stages) {
		const [name, operand] = Object.entries(stage)[0] ?? [''];
		switch (name) {
			case '$match':
				fields = both(fields, filterFields(operand as Doc));
				break;
			case '$sort':
				fields = both(fields, headsOf(Object.keys(operand as Doc)));
				break;
			case '$skip':
			case '$limit':
				break;
			case '$unwind':
				fields = both(fields, expressionFields(isDoc(operand) ? operand['path'] : operand));
				break;
			case '$addFields':
			case '$set':
				fields = both(fields, both(headsOf(Object.keys(operand as Doc)), expressionFields(operand)));
				break;
			case '$group':
			case '$bucket':
			case '$sortByCount':
				return both(fields, expressionFields(operand));
			case '$count':
				return fields;
			default:
				return null;
		}
	}
	return null;
}
