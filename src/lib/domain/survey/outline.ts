// The ways through a survey, for the eye: what each score is asked, and where an answer parts the ways.
import type { Condition } from './condition.ts';
import type { Definition } from './definition.ts';
import { bucketOf, scaleOf, scoresOf, type Bucket } from './metric.ts';
import { atScore } from './paths.ts';
import type { Rule } from './question.ts';

type Flow = Pick<Definition, 'metric' | 'scale' | 'rules' | 'questions'>;

/** A question on a way; `onlyIf` is what decides, besides the score, whether it is asked. */
export type Stop = { question: string; onlyIf: Condition | null };
/** `because` are the conditions of answers and people under which this way is taken; empty where nothing parts the ways. */
export type Way = { because: Condition[]; stops: Stop[] };
/** Scores from `from` to `upTo` of one bucket that have the same ways. */
export type Outline = { bucket: Bucket; from: number; upTo: number; ways: Way[]; hasMore: boolean };

/** More ways than these nobody reads. */
const mostWays = 8;

const waysAt = (flow: Flow, score: number): { ways: Way[]; hasMore: boolean } => {
	const { questions } = flow;
	const scale = scaleOf(flow);
	const ways: Way[] = [];
	let hasMore = false;
	const target = (to: string) => {
		const index = questions.findIndex(({ id }) => id === to);
		return index === -1 ? questions.length : index;
	};
	const walk = (at: number, way: Way, visited: readonly number[]): void => {
		const question = questions[at];
		if (!question || visited.includes(at)) {
			if (ways.length < mostWays) ways.push(way);
			else hasMore = true;
			return;
		}
		if (hasMore) return;
		const shown = question.showIf === null ? true : atScore(question.showIf, scale, score);
		if (shown === false) return walk(at + 1, way, [...visited, at]);
		const stop = { question: question.id, onlyIf: shown === null ? question.showIf : null };
		leave(question.rules, at + 1, { ...way, stops: [...way.stops, stop] }, [...visited, at]);
	};
	const leave = (rules: readonly Rule[], following: number, way: Way, visited: readonly number[]): void => {
		for (const { when, to } of rules) {
			const holds = when === null ? true : atScore(when, scale, score);
			if (holds === true) return walk(target(to), way, visited);
			if (holds === null) walk(target(to), { ...way, because: [...way.because, when!] }, visited);
		}
		walk(following, way, visited);
	};
	leave(flow.rules, 0, { because: [], stops: [] }, []);
	return { ways, hasMore };
};

/** Every way through a survey, lowest score first; neighbouring scores of a bucket with the same ways stand together. */
export const outline = (flow: Flow): Outline[] => {
	const scale = scaleOf(flow);
	const all: Outline[] = [];
	for (const score of scoresOf(scale)) {
		const { ways, hasMore } = waysAt(flow, score);
		const bucket = bucketOf(scale, score);
		const last = all.at(-1);
		if (last?.bucket === bucket && JSON.stringify(last.ways) === JSON.stringify(ways)) last.upTo = score;
		else all.push({ bucket, from: score, upTo: score, ways, hasMore });
	}
	return all;
};
