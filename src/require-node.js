// Says in one sentence that the Node running this is too old, before anything else fails in a stranger way; then makes
// starts quick by keeping compiled code.
// Plain JavaScript, because an old Node cannot read TypeScript. Importing it is the check.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
	console.error(
		`Heed needs Node 22.18 or newer and is running on ${process.versions.node}. ` +
			'Run "npm ci" without --omit=optional, which puts the right Node beside it, then "npm start"; or install a newer Node.',
	);
	process.exit(1);
}

// Without it every start compiles every TypeScript module anew. Where nothing may be written there, it does nothing.
module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
