// Says in one sentence that the Node running this is too old, before anything else fails in a stranger way.

const oldest = [22, 18] as const;

/** Ends the process with a sentence when Node is older than 22.18. */
export const requireNode = (version = process.versions.node): void => {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
	console.error(
		`Heed needs Node ${oldest.join('.')} or newer and is running on ${version}. ` +
			'Start it with "npm start" (npm ci installs the right Node beside it), or install a newer Node.',
	);
	process.exit(1);
};
