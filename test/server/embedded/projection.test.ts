// Which fields a find returns, and in which order documents come.
import { Long, MinKey } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileProjection } from '#lib/server/embedded/projection.ts';
import { compileSort } from '#lib/server/embedded/sort.ts';
import { shown, typed } from './support/typed.ts';

describe('a projection', () => {
	it.each<[reason: string, projection: object, doc: object, result: object, filter?: object]>([
		['of nothing returns everything', {}, { _id: 1, a: 1 }, { _id: 1, a: 1 }],
		['includes fields, and the _id', { a: 1 }, { _id: 1, a: 1, b: 1 }, { _id: 1, a: 1 }],
		['includes in the order of the document', { b: 1, a: true }, { _id: 1, a: 1, b: 1 }, { _id: 1, a: 1, b: 1 }],
		['includes without the _id', { a: 1, _id: 0 }, { _id: 1, a: 1, b: 1 }, { a: 1 }],
		['includes the _id alone', { _id: 1 }, { _id: 1, a: 1 }, { _id: 1 }],
		['excludes fields', { a: 0 }, { _id: 1, a: 1, b: 1 }, { _id: 1, b: 1 }],
		['excludes the _id alone', { _id: false }, { _id: 1, a: 1 }, { a: 1 }],
		[
			'takes any number but 0 as inclusion',
			{ a: -1, b: Long.fromNumber(5) },
			{ _id: 1, a: 1, b: 1, c: 1 },
			{ _id: 1, a: 1, b: 1 },
		],
		['includes at a path', { 'a.b': 1 }, { _id: 1, a: { b: 1, c: 1 } }, { _id: 1, a: { b: 1 } }],
		['keeps an empty document on the way', { 'a.b': 1 }, { _id: 1, a: { c: 1 } }, { _id: 1, a: {} }],
		['drops a value on the way', { 'a.b': 1 }, { _id: 1, a: 5 }, { _id: 1 }],
		[
			'includes through arrays, dropping values',
			{ 'a.b': 1 },
			{ a: [{ b: 1, c: 1 }, 5, {}, [{ b: 2, c: 2 }]] },
			{ a: [{ b: 1 }, {}, [{ b: 2 }]] },
		],
		['excludes through arrays, keeping values', { 'a.b': 0 }, { a: [{ b: 1, c: 1 }, 5] }, { a: [{ c: 1 }, 5] }],
		['takes nested documents for paths', { a: { b: 1 } }, { _id: 1, a: { b: 1, c: 1 } }, { _id: 1, a: { b: 1 } }],
		['takes a number in a path as a name', { 'a.0': 1 }, { _id: 1, a: [{ 0: 1, b: 1 }] }, { _id: 1, a: [{ 0: 1 }] }],
		['computes a field', { total: { $add: ['$a', '$b'] } }, { _id: 1, a: 1, b: 2 }, { _id: 1, total: 3 }],
		['renames a field', { b: '$a' }, { _id: 1, a: 1 }, { _id: 1, b: 1 }],
		['leaves out a computed field that is missing', { b: '$x' }, { _id: 1, a: 1 }, { _id: 1 }],
		['computes within a document', { 'a.n': '$n' }, { _id: 1, n: 1, a: { b: 1 } }, { _id: 1, a: { n: 1 } }],
		[
			'computes within each document of an array',
			{ 'a.n': '$n', 'a.b': 1 },
			{ n: 1, a: [{ b: 1 }, 5] },
			{ a: [{ b: 1, n: 1 }, { n: 1 }] },
		],
		[
			'slices from the start and returns the rest',
			{ a: { $slice: 2 } },
			{ _id: 1, a: [1, 2, 3], b: 1 },
			{ _id: 1, a: [1, 2], b: 1 },
		],
		['slices from the end', { a: { $slice: -1 } }, { a: [1, 2, 3] }, { a: [3] }],
		['skips, then slices', { a: { $slice: [1, 1] } }, { a: [1, 2, 3] }, { a: [2] }],
		['skips from the end', { a: { $slice: [-2, 5] } }, { a: [1, 2, 3] }, { a: [2, 3] }],
		[
			'slices what is included',
			{ b: 1, a: { $slice: 1 } },
			{ _id: 1, a: [1, 2], b: 1, c: 1 },
			{ _id: 1, a: [1], b: 1 },
		],
		['does not slice a value', { a: { $slice: 1 } }, { a: 5 }, { a: 5 }],
		[
			'returns the first element that matches',
			{ a: { $elemMatch: { n: { $gt: 1 } } } },
			{ _id: 1, a: [{ n: 1 }, { n: 2 }, { n: 3 }], b: 1 },
			{ _id: 1, a: [{ n: 2 }] },
		],
		[
			'leaves out the array when no element matches',
			{ a: { $elemMatch: { n: 9 } } },
			{ _id: 1, a: [{ n: 1 }] },
			{ _id: 1 },
		],
		['matches values too', { a: { $elemMatch: { $gt: 1 } } }, { a: [1, 2, 3] }, { a: [2] }],
		[
			'returns the element the filter matched',
			{ 'a.$': 1 },
			{ _id: 1, a: [1, 2, 3], b: 1 },
			{ _id: 1, a: [2] },
			{ a: 2 },
		],
		[
			'returns the document the filter matched',
			{ 'a.$': 1 },
			{
				a: [
					{ k: 1, n: 1 },
					{ k: 2, n: 2 },
				],
			},
			{ a: [{ k: 2, n: 2 }] },
			{ 'a.k': 2 },
		],
		['keeps fields that JS objects inherit apart', { constructor: 1 }, { _id: 1, a: 1 }, { _id: 1 }],
	])('%s', (_reason, projection, doc, result, filter = {}) => {
		expect(shown(compileProjection(typed(projection), typed(filter))(typed(doc)))).toBe(shown(typed(result)));
	});

	it.each<[reason: string, projection: object, code: number]>([
		['exclusion among inclusions', { a: 1, b: 0 }, 31254],
		['inclusion among exclusions', { a: 0, b: 1 }, 31253],
		['a path and what is below it', { a: 1, 'a.b': 1 }, 31249],
		['a path and what is above it', { 'a.b': 1, a: 1 }, 31250],
		['an empty path', { '': 1 }, 40352],
		['a path that ends in a dot', { 'a.': 1 }, 40353],
		['an empty part of a path', { 'a..b': 1 }, 15998],
		['a field that starts with $', { $a: 1 }, 16410],
		['two positions', { 'a.$': 1, 'b.$': 1 }, 31276],
		['a position in an exclusion', { 'a.$': 1, b: 0 }, 31254],
		['a position left out', { 'a.$': 0 }, 31395],
		['$elemMatch at a path', { 'a.b': { $elemMatch: { x: 1 } } }, 31275],
		['$elemMatch of a value', { a: { $elemMatch: 1 } }, 31274],
		['an unknown operator', { a: { $foo: 1 } }, 115],
		['a text score', { a: { $meta: 'textScore' } }, 115],
		['an unknown operator of $elemMatch', { a: { $elemMatch: { b: { $near: 1 } } } }, 115],
		['an empty document', { a: {} }, 51270],
		['a slice of no elements', { a: { $slice: [1, 0] } }, 28729],
	])('refuses %s', (_reason, projection, code) => {
		expect(() => compileProjection(typed(projection))).toThrowError(expect.objectContaining({ code }));
	});

	it('refuses a position where the filter matched no element', () => {
		const project = compileProjection(typed({ 'a.$': 1 }), typed({ b: 1 }));
		expect(() => project(typed({ a: [1], b: 1 }))).toThrowError(expect.objectContaining({ code: 51246 }));
	});
});

describe('a sort', () => {
	it.each<[reason: string, spec: object, ordered: object[]]>([
		[
			'orders numbers across types, missing and null first',
			{ a: 1 },
			[{}, { a: null }, { a: 1 }, { a: 1.5 }, { a: Long.fromNumber(2) }, { a: 'x' }],
		],
		['turns the order', { a: -1 }, [{ a: 'x' }, { a: 2 }, { a: 1 }, {}]],
		[
			'goes on to the next field',
			{ a: 1, b: -1 },
			[
				{ a: 1, b: 2 },
				{ a: 1, b: 1 },
				{ a: 2, b: 9 },
			],
		],
		['takes an array by its smallest element going up', { a: 1 }, [{ a: [5, 1] }, { a: 2 }, { a: [3, 9] }]],
		['takes an array by its largest element going down', { a: -1 }, [{ a: [3, 9] }, { a: [5, 1] }, { a: 2 }]],
		['has an empty array before null', { a: 1 }, [{ a: new MinKey() }, { a: [] }, { a: null }, { a: 0 }]],
		['goes through documents', { 'a.b': 1 }, [{ a: 5 }, { a: { b: 1 } }, { a: { b: 2 } }]],
		['goes through arrays of documents', { 'a.b': 1 }, [{ a: [{ b: 9 }, { b: 1 }] }, { a: { b: 2 } }]],
		[
			'takes both fields from one element of an array',
			{ 'a.b': 1, 'a.c': 1 },
			[
				{
					a: [
						{ b: 1, c: 5 },
						{ b: 2, c: 0 },
					],
				},
				{
					a: [
						{ b: 1, c: 9 },
						{ b: 1, c: 6 },
					],
				},
			],
		],
	])('%s', (_reason, spec, ordered) => {
		const { compareDocs } = compileSort(typed(spec));
		const docs = ordered.map((doc, rank) => typed({ ...doc, rank }));
		expect(docs.toReversed().sort(compareDocs).map(shown)).toEqual(
			docs.toSorted((a, b) => compareDocs(a, b) || Number(b['rank']) - Number(a['rank'])).map(shown),
		);
		for (let at = 1; at < docs.length; at++)
			expect(compareDocs(docs[at - 1] ?? {}, docs[at] ?? {})).toBeLessThanOrEqual(0);
	});

	it('has missing and null as equals', () => {
		expect(compileSort(typed({ a: 1 })).compareDocs(typed({}), typed({ a: null }))).toBe(0);
	});

	it.each<[reason: string, spec: object, code: number]>([
		['a direction of 2', { a: 2 }, 15975],
		['a direction in words', { a: 'asc' }, 15974],
		['a text score', { a: { $meta: 'textScore' } }, 115],
		['an empty part of a path', { 'a..b': 1 }, 15998],
		['a field that starts with $', { $a: 1 }, 16410],
	])('refuses %s', (_reason, spec, code) => {
		expect(() => compileSort(typed(spec))).toThrowError(expect.objectContaining({ code }));
	});

	it('refuses two arrays at once', () => {
		const { keyOf } = compileSort(typed({ a: 1, b: 1 }));
		expect(() => keyOf(typed({ a: [1, 2], b: [1, 2] }))).toThrowError(expect.objectContaining({ code: 2 }));
	});
});
