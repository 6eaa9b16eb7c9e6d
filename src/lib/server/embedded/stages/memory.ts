// How much a stage may hold: what would take more than 100 MB is an error that says so.
import type { Binary } from 'bson';
import { CommandError } from '../errors.ts';
import { typeOf } from '../values.ts';

const limitBytes = 100 * 1024 * 1024;

/** About how many bytes a value takes in memory. */
export function sizeOf(value: unknown): number {
	switch (typeOf(value)) {
		case 2:
			return 24 + (value as string).length * 2;
		case 3: {
			let size = 32;
			for (const name in value as Record<string, unknown>)
				size += 16 + sizeOf((value as Record<string, unknown>)[name]);
			return size;
		}
		case 4: {
			let size = 32;
			for (const element of value as unknown[]) size += 8 + sizeOf(element);
			return size;
		}
		case 5:
			return 48 + (value instanceof Uint8Array ? value.length : (value as Binary).length());
		case 7:
			return 64;
		default:
			return 24;
	}
}

/** Counts what a stage holds and refuses to go past the limit. */
export class Budget {
	private held = 0;
	private readonly stage: string;

	constructor(stage: string) {
		this.stage = stage;
	}

	take(bytes: number): void {
		this.held += bytes;
		if (this.held <= limitBytes) return;
		throw new CommandError(
			'QueryExceededMemoryLimitNoDiskUseAllowed',
			`Exceeded memory limit for ${this.stage}: it may hold ${limitBytes} bytes, and the embedded database does not spill to disk. Match fewer documents or project fewer fields first.`,
		);
	}

	release(bytes: number): void {
		this.held -= bytes;
	}
}
