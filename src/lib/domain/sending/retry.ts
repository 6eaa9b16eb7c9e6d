// How long a mail that was not taken waits, and how long everything waits while the mail server is down.

const minute = 60_000;
const waits = [1, 5, 15, 60, 240].map((minutes) => minutes * minute);

/** Milliseconds until the next try after so many: 1 → a minute, 5 → four hours; null after 6, when it is given up. */
export const retryAfterMs = (attempts: number): number | null => waits[attempts - 1] ?? null;

/** Milliseconds until the server is tried again after so many failures in a row: 5 s, doubled up to 5 minutes. */
export const serverRetryAfterMs = (failures: number): number => Math.min(5_000 * 2 ** (failures - 1), 5 * minute);
