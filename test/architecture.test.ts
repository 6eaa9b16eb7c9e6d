// The map of the house as a test: who may import whom, and how files begin. Each failure says how to put it right.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const files = globSync('{src,emails}/**/*.{ts,svelte}')
	.map((file) => file.replaceAll('\\', '/'))
	.filter((file) => !file.includes('/paraglide/') && !file.includes('/dist/') && !/\.d\.ts$|\.config\.ts$/.test(file))
	.sort();

/** The TypeScript of a file: of a component, what stands in its script tags. */
const codeOf = (file: string): string => {
	const text = readFileSync(file, 'utf8');
	if (!file.endsWith('.svelte')) return text;
	return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code).join('\n');
};

const parse = (file: string) => ts.createSourceFile(file, codeOf(file), ts.ScriptTarget.Latest, true);

type Import = { name: string; isType: boolean; isLazy: boolean };

const importsOf = (source: ts.SourceFile): Import[] => {
	const found: Import[] = [];
	const add = (node: ts.Expression | undefined, isType: boolean, isLazy = false) => {
		if (node && ts.isStringLiteral(node)) found.push({ name: node.text, isType, isLazy });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) {
			const clause = node.importClause;
			const named = clause?.namedBindings;
			const isType =
				clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
				(!clause?.name &&
					named !== undefined &&
					ts.isNamedImports(named) &&
					named.elements.every((each) => each.isTypeOnly));
			add(node.moduleSpecifier, isType);
		} else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
		else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
			add(node.arguments[0], false, true);
		else if (
			ts.isImportTypeNode(node) &&
			ts.isLiteralTypeNode(node.argument) &&
			ts.isStringLiteral(node.argument.literal)
		)
			add(node.argument.literal, true);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
};

/** Where an import leads: a path of ours such as "src/lib/domain/errors.ts", or a package's name. */
const target = (file: string, name: string): string => {
	if (name.startsWith('.')) return normalize(join(dirname(file), name)).replaceAll('\\', '/');
	if (name.startsWith('#lib/')) return `src/lib/${name.slice(5)}`;
	if (name.startsWith('#emails/')) return `emails/${name.slice(8)}`;
	return name.startsWith('$') || name.startsWith('node:') || name.includes('virtual:')
		? name
		: name.split('/', name.startsWith('@') ? 2 : 1).join('/');
};

const kit = ['@sveltejs/kit', '$app', '$env', '$service-worker', './$types'];
const domain = 'src/lib/domain/';
const messages = 'src/lib/messages/';

type Room = {
	files: RegExp;
	may: (string | RegExp)[];
	/** What may be imported as types alone. */
	mayAsTypes?: (string | RegExp)[];
	/** Said when something else is imported. */
	instead: string;
};

const server = (room: string) => new RegExp(`^src/lib/server/${room}/`);

/** The first room that a file is in counts. */
const rooms: Record<string, Room> = {
	domain: {
		files: /^src\/lib\/domain\//,
		may: [domain, 'zod'],
		instead: 'Rules are pure: pass in what they need (the time, chance, rows as plain objects)',
	},
	messages: {
		files: /^src\/lib\/messages\//,
		may: [messages, domain],
		instead: 'Words know the domain only',
	},
	emails: {
		files: /^emails\//,
		may: [/^emails\//, messages, domain, 'mjml', 'zod'],
		instead: 'A mail is data in, { subject, html, text } out: let the service that asks for it read the data',
	},
	'server/db': {
		files: server('db'),
		may: [server('db'), domain, 'mongoose', 'node:crypto'],
		instead: 'Verbs of the database know rows and the domain; rules belong into domain, steps into a service',
	},
	'server/embedded': {
		files: server('embedded'),
		may: [server('embedded'), 'bson', /^node:/],
		instead: 'The engine knows nothing of the product',
	},
	'server/mail': {
		files: server('mail'),
		may: [server('mail'), /^emails\//, domain, 'nodemailer', /^node:/],
		instead: 'The mailer sends what it is given; a service decides what and to whom',
	},
	'server/auth': {
		files: server('auth'),
		may: [server('auth'), server('db'), domain, 'lucia', '@node-rs/argon2', /^node:/],
		mayAsTypes: kit,
		instead: 'Sign-in knows sessions, passwords and rows; cookies on requests are server/http',
	},
	'server/services': {
		files: server('services'),
		may: [
			server('services'),
			server('db'),
			server('auth'),
			// What jobs and the mailer promise, not how they keep it.
			/^src\/lib\/server\/(jobs\/names|mail\/mailer)\.ts$/,
			/^emails\//,
			messages,
			domain,
			'zod',
			'csv-parse',
			'sharp',
			/^node:/,
		],
		instead: 'A service loads through db, applies a rule of domain, saves, and enqueues by name',
	},
	'server/jobs': {
		files: server('jobs'),
		may: [
			server('jobs'),
			server('services'),
			server('db'),
			domain,
			'agenda',
			'@agendajs/mongo-backend',
			'zod',
			/^node:/,
		],
		instead: 'A job calls a service',
	},
	'server/http': {
		files: server('http'),
		may: [
			server('http'),
			server('services'),
			server('auth'),
			messages,
			domain,
			'@sveltejs/kit',
			'zod',
			'@fastify/busboy',
			/^node:/,
		],
		instead: 'Guards and forms sit between requests and services',
	},
	server: {
		files: /^src\/lib\/server\/[^/]+\.ts$/,
		may: [/^src\/lib\/server\//, domain, 'pino', 'zod', /^node:/],
		instead: 'The roots of server put its rooms together',
	},
	charts: {
		files: /^src\/lib\/charts\//,
		may: [
			/^src\/lib\/charts\//,
			/^src\/lib\/components\//,
			messages,
			domain,
			'chart.js',
			'svelte',
			'@inlang/paraglide-js-svelte',
			'$app',
			'chartjs-chart-wordcloud',
		],
		instead: 'A chart is given numbers; let the load of the page ask for them',
	},
	components: {
		files: /^src\/lib\/components\//,
		may: [/^src\/lib\/components\//, messages, domain, 'svelte', 'bits-ui', '@inlang/paraglide-js-svelte', '$app'],
		mayAsTypes: ['@sveltejs/kit'],
		instead: 'A component is given plain data; let the load of the page ask for it',
	},
	embed: {
		files: /^src\/embed\//,
		may: [/^src\/embed\//],
		mayAsTypes: [domain],
		instead: 'The script runs on strangers’ pages: it shares types with the product and nothing else',
	},
	'routes, on the server': {
		files: /^src\/routes\/.*\+(page\.server|layout\.server|server)\.ts$/,
		may: [
			server('services'),
			server('http'),
			server('auth'),
			/^src\/routes\//,
			messages,
			domain,
			'@sveltejs/kit',
			'zod',
			/^node:/,
		],
		mayAsTypes: [server('mail')],
		instead: 'A route calls a guard and a service; queries are verbs of server/db that a service calls',
	},
	'routes, in the browser': {
		files: /^src\/routes\//,
		may: [
			/^src\/routes\//,
			/^src\/app\.css$/,
			/^src\/lib\/(components|charts)\//,
			messages,
			domain,
			'svelte',
			'@inlang/paraglide-js-svelte',
			'$app',
			'./$types',
		],
		mayAsTypes: [server('services'), '@sveltejs/kit'],
		instead: 'What reaches the browser is given data by its load',
	},
	'hook of both sides': {
		files: /^src\/hooks\.ts$/,
		may: [domain],
		mayAsTypes: ['@sveltejs/kit'],
		instead: 'It runs in the browser, too: what needs the server is in hooks.server.ts',
	},
	hook: {
		files: /^src\/hooks\.(server|client)\.ts$/,
		may: [
			server('services'),
			server('http'),
			server('auth'),
			/^src\/lib\/server\/app\.ts$/,
			messages,
			domain,
			'@sveltejs/kit',
			/^node:/,
		],
		instead: 'The hook makes the Context and calls guards and services',
	},
};

/** The parts that all of server may know: what a Context is made of. */
const rootFiles = /^src\/lib\/server\/(context|config|handoff|log|secret|version)\.ts$/;

const matches = (path: string, list: readonly (string | RegExp)[]) =>
	list.some((each) =>
		typeof each === 'string'
			? path === each || (each.endsWith('/') ? path.startsWith(each) : path.startsWith(`${each}/`))
			: each.test(path),
	);

const roomOf = (file: string) => Object.entries(rooms).find(([, room]) => room.files.test(file));

describe('imports', () => {
	it.each(files.map((file) => [file, roomOf(file)] as const).filter(([, room]) => room))('of %s', (file, room) => {
		const [name, { may, mayAsTypes = [], instead }] = room!;
		const knowsRoots = file.startsWith('src/lib/server/') && name !== 'server/embedded' && name !== 'server/mail';
		const wrong = importsOf(parse(file)).filter(({ name: specifier, isType }) => {
			const path = target(file, specifier);
			if (matches(path, may) || (isType && matches(path, mayAsTypes))) return false;
			const mayKnowRoots = knowsRoots || name.startsWith('routes, on') || name === 'hook';
			return !(rootFiles.test(path) && (mayKnowRoots || isType));
		});
		const found = wrong.map(({ name }) => target(file, name)).join(', ');
		expect(wrong, `${file} is in the room "${name}" and may not import ${found}. ${instead}.`).toEqual([]);
	});
});

/** Packages that one place alone may know, so that they can be replaced there. */
const owners: [pattern: string, RegExp, string][] = [
	['lucia', /^src\/lib\/server\/auth\/lucia\.ts$/, 'ask for a SessionStore'],
	['nodemailer', /^src\/lib\/server\/mail\//, 'ask ctx.mailer'],
	['mongoose', /^src\/lib\/server\/db\//, 'add a verb to server/db'],
	['agenda', /^src\/lib\/server\/jobs\//, 'ask ctx.jobs'],
	['chart.js', /^src\/lib\/charts\//, 'add a chart to src/lib/charts'],
	['mjml', /^emails\//, 'add a mail to emails'],
];

describe('packages that one place alone knows', () => {
	it.each(owners)('%s', (packageName, home, instead) => {
		const guests = files.filter(
			(file) => !home.test(file) && importsOf(parse(file)).some(({ name }) => target(file, name) === packageName),
		);
		expect(guests, `Only ${home.source} imports ${packageName}. Elsewhere, ${instead}.`).toEqual([]);
	});
});

describe('how files are', () => {
	it('imports carry file extensions and never $lib', () => {
		const wrong = files.flatMap((file) =>
			importsOf(parse(file))
				.filter(
					({ name }) =>
						name.startsWith('$lib') ||
						(/^(\.|#)/.test(name) && !/\.(ts|js|svelte|css|json)(\?\w+)?$/.test(name) && name !== './$types'),
				)
				.map(({ name }) => `${file}: ${name}`),
		);
		expect(wrong, 'Plain Node runs these files too: write "#lib/…/name.ts", with the extension').toEqual([]);
	});

	it('the first line of every domain and server file says what it promises', () => {
		const silent = files.filter(
			(file) => /^(src\/lib\/(domain|server)|emails)\//.test(file) && !/^\/\/ \S/.test(readFileSync(file, 'utf8')),
		);
		expect(silent, 'Begin the file with one comment line that says what it promises').toEqual([]);
	});

	it('no file is longer than 300 lines, styles of a component aside', () => {
		const long = files.filter(
			(file) =>
				readFileSync(file, 'utf8')
					.replace(/<style[^]*<\/style>/, '')
					.split('\n').length > 301,
		);
		expect(long, 'Over 300 lines is two files that have not met yet: find the second noun').toEqual([]);
	});

	it('names are kebab-case, components PascalCase', () => {
		const wrong = files.filter((file) => {
			const name = file.slice(file.lastIndexOf('/') + 1);
			if (file.startsWith('src/routes/') && name.startsWith('+')) return false;
			return !(
				name.endsWith('.svelte')
					? /^[A-Z][A-Za-z0-9]*\.svelte$/
					: /^[a-z0-9]+(-[a-z0-9]+)*(\.(svelte|server|client))?\.ts$/
			).test(name);
		});
		expect(wrong).toEqual([]);
	});

	it('types carry no T, I or Z before their name', () => {
		const wrong = files.flatMap((file) =>
			[...codeOf(file).matchAll(/^(?:export )?(?:type|interface) ([TIZ][A-Z]\w*)/gm)].map(
				([, name]) => `${file}: ${name}`,
			),
		);
		expect(wrong).toEqual([]);
	});
});

const isCalledAtOnce = (node: ts.Node) => {
	let inner = node;
	while (ts.isParenthesizedExpression(inner.parent)) inner = inner.parent;
	return ts.isCallExpression(inner.parent) && inner.parent.expression === inner;
};

/** What runs when a file is imported: everything but types and the insides of functions that somebody calls later. */
const runAtImport = (source: ts.SourceFile, look: (node: ts.Node) => void) => {
	const visit = (node: ts.Node): void => {
		if (ts.isTypeNode(node) || (ts.isFunctionLike(node) && !isCalledAtOnce(node))) return;
		look(node);
		ts.forEachChild(node, visit);
	};
	visit(source);
};

/** The entries: their work is to run. */
const entries = /^src\/(server|cli|build|build-command|dev-database)\.ts$|^src\/embed\/|\/worker\.ts$|\/reader\.ts$/;
const starts =
	/(^|\.)(createConnection|connect|setInterval|setTimeout|readConfig|listen|createServer|createTransport|start|open)$/;

describe('nothing runs when a file is imported', () => {
	it.each(files.filter((file) => file.startsWith('src/lib/') || /^(emails|src\/routes|src\/hooks)/.test(file)))(
		'%s',
		(file) => {
			if (entries.test(file)) return;
			const found: string[] = [];
			runAtImport(parse(file), (node) => {
				const text = node.getText();
				if (ts.isPropertyAccessExpression(node) && text === 'process.env') found.push(text);
				if (ts.isCallExpression(node) && starts.test(node.expression.getText()) && !file.endsWith('.svelte'))
					found.push(text);
				if (ts.isAwaitExpression(node)) found.push(text);
			});
			expect(
				found,
				`${file} reads settings or opens something at module scope: do it in a function that is handed a Context`,
			).toEqual([]);
		},
	);
});

describe('the domain', () => {
	it.each(files.filter((file) => file.startsWith(domain)))('%s is given time and chance', (file) => {
		const found: string[] = [];
		const visit = (node: ts.Node): void => {
			if (
				ts.isCallExpression(node) &&
				/^(Date\.now|Math\.random|crypto\.randomUUID|performance\.now)$/.test(node.expression.getText())
			)
				found.push(node.getText());
			if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
				found.push(node.getText());
			ts.forEachChild(node, visit);
		};
		visit(parse(file));
		expect(found, `${file}: pass "now" or random bytes as an argument`).toEqual([]);
	});
});
