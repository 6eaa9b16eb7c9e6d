// What a browser says of itself, by the names a person recognises.

/** Null where it is none of those known. */
export type Device = { browser: string | null; system: string | null };
/** As it is kept: earlier versions kept "Firefox on Windows". */
export type KeptDevice = Device | string;

const browsers: [RegExp, string][] = [
	[/\bEdgA?\//, 'Edge'],
	[/\bOPR\//, 'Opera'],
	[/\b(Firefox|FxiOS)\//, 'Firefox'],
	[/(Chrome|CriOS|Chromium)\//, 'Chrome'],
	[/\bSafari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
	[/\b(iPhone|iPad)\b/, 'iOS'],
	[/\bAndroid\b/, 'Android'],
	[/\bWindows\b/, 'Windows'],
	[/\bMac OS X\b/, 'macOS'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bLinux\b/, 'Linux'],
];

/** "Mozilla/5.0 (Windows NT 10.0…) … Firefox/130.0" is Firefox and Windows. */
export const deviceOf = (userAgent: string | null): Device => {
	const found = (table: [RegExp, string][]) => table.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null;
	return { browser: found(browsers), system: found(systems) };
};
