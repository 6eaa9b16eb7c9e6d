// Adding many numbers: whole ones exactly, doubles with the rounding error carried along.
import { unsupported } from '../errors.ts';
import { asDouble, asInt, asLong, fitsInt, fitsLong, numberType, toInteger, toNumber } from '../numbers.ts';

export class Sum {
	/** How many numbers were added. */
	count = 0;
	private hasDouble = false;
	private hasLong = false;
	private safe = 0;
	private wide = 0n;
	private float = 0;
	private error = 0;

	/** Adds a number; everything else counts for nothing. */
	add(value: unknown): void {
		switch (numberType(value)) {
			case 'int':
				this.addSafe(toNumber(value) as number);
				break;
			case 'long':
				this.hasLong = true;
				this.wide += toInteger(value) as bigint;
				break;
			case 'double':
				this.addDouble(toNumber(value) as number);
				break;
			case 'decimal':
				throw unsupported('arithmetic on decimals by', '$sum');
			default:
				return;
		}
		this.count++;
	}

	private addSafe(value: number): void {
		this.safe += value;
		if (Number.isSafeInteger(this.safe)) return;
		this.wide += BigInt(this.safe - value) + BigInt(value);
		this.safe = 0;
	}

	/** Knuth's two-sum: `error` is exactly what each addition rounded away. */
	private addDouble(value: number): void {
		this.hasDouble = true;
		const sum = this.float + value;
		const part = sum - this.float;
		this.error += this.float - (sum - part) + (value - part);
		this.float = sum;
	}

	private get exact(): bigint {
		return this.wide + BigInt(this.safe);
	}

	/** The sum as a double, for averages. */
	toDouble(): number {
		const wholes = this.wide === 0n ? this.safe : Number(this.exact);
		if (!this.hasDouble) return wholes;
		if (!Number.isFinite(this.float)) return this.float;
		const sum = this.float + wholes;
		const part = sum - this.float;
		return sum + (this.error + (this.float - (sum - part) + (wholes - part)));
	}

	/** The sum in the widest type that was added, wider where it does not fit. */
	result(): unknown {
		if (this.hasDouble) return asDouble(this.toDouble());
		if (this.wide === 0n && !this.hasLong && fitsInt(BigInt(this.safe))) return asInt(this.safe);
		return fitsLong(this.exact) ? asLong(this.exact) : asDouble(Number(this.exact));
	}
}
