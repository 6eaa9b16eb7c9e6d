// Which character separates the columns of a file.

const candidates = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof candidates)[number];

/** How often each candidate stands outside quotes in each of the first lines. */
const countsOf = (sample: string, delimiter: Delimiter): number[] => {
	const counts: number[] = [];
	let count = 0;
	let isQuoted = false;
	let isEmpty = true;
	for (const character of sample) {
		if (character === '"') isQuoted = !isQuoted;
		else if (!isQuoted && character === delimiter) count++;
		else if (!isQuoted && character === '\n') {
			if (!isEmpty) counts.push(count);
			count = 0;
			isEmpty = true;
			continue;
		}
		if (character !== '\r') isEmpty = false;
	}
	return counts;
};

/**
 * The delimiter that splits the first lines into the same number of columns most often, and then into most columns;
 * a comma when nothing splits. `sample` is the start of the file, cut anywhere.
 */
export const delimiterOf = (sample: string): Delimiter => {
	const text = sample.endsWith('\n') ? sample : `${sample}\n`;
	const rated = candidates.map((delimiter) => {
		const counts = countsOf(text, delimiter);
		const first = counts[0] ?? 0;
		const alike = counts.filter((count) => count === first).length / (counts.length || 1);
		return { delimiter, rate: first === 0 ? 0 : alike + Math.min(first, 99) / 1000 };
	});
	const best = rated.reduce((a, b) => (b.rate > a.rate ? b : a));
	return best.rate === 0 ? ',' : best.delimiter;
};
