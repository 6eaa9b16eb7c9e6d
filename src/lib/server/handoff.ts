// What the plain-Node entry hands to the built app in the same process: both load this file, and so meet on globalThis.

export type Handoff = {
	/** Where the database answers, as a MongoDB URI. */
	databaseUri: string;
	databaseKind: 'embedded' | 'mongodb';
	/** Asked for at set-up when the server listens beyond this machine; null when it need not be. */
	setupCode: string | null;
	/** Set by the app once it has looked: nobody has an account yet. */
	needsSetup: boolean;
	/** Run in order at a clean stop, before the database closes. */
	onStop: (() => Promise<void>)[];
};

const key = Symbol.for('heed.handoff');
type Holder = { [key]?: Handoff };

export const give = (handoff: Handoff): void => {
	(globalThis as Holder)[key] = handoff;
};

/** Throws when nothing was handed over: the app was started by something that is not our entry. */
export const take = (): Handoff => {
	const handoff = (globalThis as Holder)[key];
	if (!handoff) throw new Error('Start Heed with "npm start" (or "npm run dev"): the database is opened there');
	return handoff;
};
