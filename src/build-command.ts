// npm run build: the same build that a start makes, for images and for those who want it ahead of time.
import { ensureBuilt } from './build.ts';

const say = (line: string) => console.log(line);
const hasBuilt = await ensureBuilt(say);
say(hasBuilt ? 'Built.' : 'build/ is made from these sources already.');
