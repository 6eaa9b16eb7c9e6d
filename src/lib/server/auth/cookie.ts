// The session's cookie: what it is called and which rules a browser is told to keep it by.
import type { Config } from '../config.ts';

type Settings = Pick<Config, 'PUBLIC_URL' | 'SESSION_DAYS'>;

const isSecure = ({ PUBLIC_URL }: Pick<Settings, 'PUBLIC_URL'>) => PUBLIC_URL.startsWith('https:');

/** Over https the prefix makes browsers refuse one that another host of the domain planted. */
export const cookieName = (config: Pick<Settings, 'PUBLIC_URL'>): string =>
	isSecure(config) ? '__Host-heed_session' : 'heed_session';

/** Out of reach of scripts, not sent along with other sites' forms, and over https only where the product is. */
export const cookieOptions = (config: Settings) =>
	({
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: isSecure(config),
		maxAge: config.SESSION_DAYS * 86_400,
	}) as const;
