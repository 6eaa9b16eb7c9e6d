// The list of every expression operator there is; a name that is not here is refused.
import { accumulations } from './accumulations.ts';
import { arithmetic } from './arithmetic.ts';
import { arrays } from './arrays.ts';
import { conditionals } from './conditionals.ts';
import { conversions } from './conversions.ts';
import { dateArithmetic } from './date-arithmetic.ts';
import { dates } from './dates.ts';
import { iteration } from './iteration.ts';
import { objects } from './objects.ts';
import { rounding } from './rounding.ts';
import type { Operator } from './scope.ts';
import { sets } from './sets.ts';
import { patterns } from './patterns.ts';
import { strings } from './strings.ts';

export const operators: Record<string, Operator> = {
	...conditionals,
	...arithmetic,
	...rounding,
	...strings,
	...patterns,
	...arrays,
	...iteration,
	...sets,
	...objects,
	...conversions,
	...dates,
	...dateArithmetic,
	...accumulations,
};
