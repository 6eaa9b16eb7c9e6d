// The time zones to choose from.

/** IANA names, UTC first: ["UTC", "Africa/Abidjan", …]. */
export const timeZones = (): string[] => [
	'UTC',
	...Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/') && !name.startsWith('Etc/')),
];
