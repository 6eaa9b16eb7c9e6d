// Passwords are kept as argon2id hashes, and checking one takes the same work whether or not there is an account.
import { hash as argon2, verify as verifyArgon2 } from '@node-rs/argon2';

/** OWASP's first choice: 19 MiB, two passes, one lane. 2 is argon2id. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash of the same cost that no password is known for: what an address without an account is checked against. */
export const nobodysHash =
	'$argon2id$v=19$m=19456,t=2,p=1$DNm9YfXzrV0eSd1Z8Y1J8Q$RVxexfflpXyJSiezmHcS0w9aTqMn62C7zEqg4ZkXezU';

/** The same password typed on two keyboards may differ in bytes; its normal form does not. */
const normal = (password: string) => password.normalize('NFKC');

/** About 70 ms, off the event loop. */
export const hash = (password: string): Promise<string> => argon2(normal(password), cost);

/** Whether the password is the hashed one; without a hash the same work is done, for nothing. */
export const verify = async (passwordHash: string | null, password: string): Promise<boolean> => {
	const isRight = await verifyArgon2(passwordHash ?? nobodysHash, normal(password));
	return isRight && passwordHash !== null;
};
