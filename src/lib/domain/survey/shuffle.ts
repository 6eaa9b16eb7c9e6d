// The order in which somebody sees options: another for each person, always the same for one.

/** FNV-1a with murmur3's last mix, so that texts which differ in one letter land far apart. */
const hash = (text: string): number => {
	let h = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
};

/** The same ids in an order that follows from the seed alone: an option added later leaves the others as they were. */
export const shuffled = (ids: readonly string[], seed: string): string[] =>
	ids
		.map((id) => ({ id, place: hash(`${seed} ${id}`) }))
		.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1))
		.map(({ id }) => id);
