// Reads what we need of a MongoDB URI, which need not be a URL: a socket's path or several hosts may stand in it.

const parts = (uri: string) => /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]+)(?:\/([^?]*))?/.exec(uri);

/** The database that a URI names: mongodb://a,b/shop?w=1 → shop. "heed" when it names none. */
export const databaseNameIn = (uri: string): string => parts(uri)?.[2] || 'heed';

/** The hosts that a URI names, without name and password: mongodb://me:pw@a,b/shop → a,b. */
export const hostsIn = (uri: string): string => parts(uri)?.[1] ?? 'an unreadable address';
