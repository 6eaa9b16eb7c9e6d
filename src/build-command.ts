// npm run build: the same build that a start makes, for images and for those who want it ahead of time.
import { ensureBuilt } from './build.ts';
import { sentenceFor } from './sentences.ts';

const say = (line: string) => console.log(line);

ensureBuilt(say).then(
	(hasBuilt) => say(hasBuilt ? 'Built.' : 'build/ is made from these sources already.'),
	(problem: unknown) => {
		console.error(sentenceFor(problem));
		process.exitCode = 1;
	},
);
