import { describe, expect, it } from 'vitest';
import { begin, push, redo, undo } from '#lib/domain/survey/undo.ts';

const typed = (...keys: [draft: string, key: string, at: number][]) =>
	keys.reduce((history, [draft, key, at]) => push(history, draft, key, at), begin('start'));

describe('undo', () => {
	it('takes what was typed into one field in one go back at once', () => {
		const history = typed(['a', 'title', 0], ['ab', 'title', 900], ['abc', 'title', 1800]);
		expect(undo(history).present).toBe('start');
	});
	it('stops at a pause, at another field, and at everything that is no typing', () => {
		expect(undo(typed(['a', 'title', 0], ['ab', 'title', 2000])).present).toBe('a');
		expect(undo(typed(['a', 'title', 0], ['b', 'thanks', 10])).present).toBe('a');
		expect(undo(typed(['a', '', 0], ['b', '', 10])).present).toBe('a');
	});
	it('goes forward again until something else is typed', () => {
		const back = undo(undo(typed(['a', '', 0], ['b', '', 0])));
		expect(redo(redo(back)).present).toBe('b');
		expect(redo(push(back, 'c', '', 0)).present).toBe('c');
	});
	it('makes a step of its own of what is typed after it', () => {
		const back = undo(typed(['a', 'title', 0], ['b', 'thanks', 1]));
		expect(undo(push(back, 'ax', 'title', 2)).present).toBe('a');
	});
	it('stays where it is at both ends', () => {
		expect(undo(begin('start')).present).toBe('start');
		expect(redo(begin('start')).present).toBe('start');
	});
	it('remembers two hundred steps', () => {
		let history = begin(0);
		for (let step = 1; step <= 250; step++) history = push(history, step, '', step);
		for (let step = 0; step < 300; step++) history = undo(history);
		expect(history.present).toBe(50);
	});
});
