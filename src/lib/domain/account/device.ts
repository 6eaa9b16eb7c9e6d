// What a browser says of itself, in words a person recognises.

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

/** "Mozilla/5.0 (Windows NT 10.0…) … Firefox/130.0" → "Firefox on Windows"; nothing known → "Unknown browser". */
export const deviceOf = (userAgent: string | null): string => {
	const found = (table: [RegExp, string][]) => table.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
	const browser = found(browsers) ?? 'Unknown browser';
	const system = found(systems);
	return system ? `${browser} on ${system}` : browser;
};
