import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as database from '#lib/server/db/database.ts';
import { start, type Started } from '#lib/server/embedded/index.ts';
import { createOwner, heedIn, type Ran } from '#test/support/commands.ts';

// A command starts two Nodes: slow on a busy machine, and no promise about speed.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let dataDir: string;
const heed = heedIn(() => dataDir);
const at = (name: string) => join(dataDir, name);

const rows = [
	['9', '25/02/2024 23:30', 'Good; "really"', 'ana@shop.lk', 'a-1'],
	[' 3.0 ', '26/02/2024 08:00', 'Slow', '', 'a-2'],
	['11', '26/02/2024 08:00', '', '', 'a-3'],
	['9.5', '26/02/2024 08:00', '', '', 'a-4'],
	['7', '26/02/2024 09:00', '', '', 'a-1'],
];
const csv = (lines: readonly (readonly string[])[]) =>
	[
		'grade,when,words,mail,number',
		...lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`)),
	].join('\n');

beforeAll(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'heed-answers-'));
	writeFileSync(at('answers.csv'), csv(rows));
	writeFileSync(at('ambiguous.csv'), csv([['9', '03/02/2024', '', '', 'b-1']]));
	writeFileSync(at('empty.csv'), '');
	writeFileSync(at('picture.csv'), Buffer.from('504b030414000600', 'hex'));
	const made = await heed(createOwner('Asia/Colombo'), 'a long enough passphrase\n');
	expect(made).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const columns = ['--score', 'grade', '--date', 'when', '--comment', 'words', '--email', 'mail', '--id', 'number'];
const into = (name: string) => ['import-answers', at('answers.csv'), '--new', name, '--metric', 'nps', ...columns];

/** The answers of a survey, as they are in the database that runs now. */
const answersOf = async (uri: string, name: string) => {
	const db = await database.open(uri, { kind: 'embedded' });
	try {
		const survey = await db.models.surveys.findOne({ name }).lean();
		const found = await db.models.responses.find({ surveyId: survey!._id }).sort({ answeredAt: 1 }).lean();
		return found.map(({ score, comment, answeredAt, channel }) => [score, comment, answeredAt.toISOString(), channel]);
	} finally {
		await database.close(db);
	}
};

const isOneSentence = ({ code, output }: Ran) => {
	expect(code).toBe(1);
	expect(output, 'no stack').not.toContain('    at ');
	const [first, ...rest] = output.trim().split('\n');
	expect(
		rest.filter((line) => !line.startsWith('Usage: ')),
		output,
	).toEqual([]);
	return first!;
};

describe.each([
	['without a server', false],
	['through the running server', true],
])('%s', (how, isRunning) => {
	let server: Started | null = null;
	beforeAll(async () => {
		if (isRunning) server = await start({ dataDir });
	});
	afterAll(() => server?.stop());
	const withDatabase = async <Result>(use: (uri: string) => Promise<Result>) => {
		if (server) return use(server.uri);
		const own = await start({ dataDir });
		try {
			return await use(own.uri);
		} finally {
			await own.stop();
		}
	};

	it('brings answers in by the rules of the page, says what it refused, and does nothing twice', async () => {
		const name = `Last year, ${how}`;
		const { code, output } = await heed(into(name));
		expect(output).toContain('2 added, 0 were here already, 3 refused.');
		expect(output).toContain('line 4: 11 is not on the scale from 0 to 10');
		expect(output).toContain('line 5: 9.5 is not a whole number');
		expect(output).toContain('line 6: The same id as line 2');
		expect(code).toBe(0);
		const stored = [
			[9, 'Good; "really"', '2024-02-25T18:00:00.000Z', 'import'],
			[3, 'Slow', '2024-02-26T02:30:00.000Z', 'import'],
		];
		expect(await withDatabase((uri) => answersOf(uri, name))).toEqual(stored);
		const again = await heed(['import-answers', at('answers.csv'), '--survey', name, ...columns]);
		expect(again.output).toContain('0 added, 2 were here already, 3 refused.');
		expect(await withDatabase((uri) => answersOf(uri, name))).toEqual(stored);
	});
});

describe('what is called wrongly', () => {
	let server: Started;
	beforeAll(async () => {
		server = await start({ dataDir });
	});
	afterAll(() => server.stop());

	it.each([
		[['import-answers'], 'Name the file to import.'],
		[['import-answers', '/nowhere.csv', ...columns], 'There is no file /nowhere.csv.'],
		[['import-answers', 'answers.csv', '--date', 'when', '--new', 'X', '--metric', 'nps'], '--score is missing.'],
		[
			['import-answers', 'answers.csv', ...columns],
			'Say where the answers go: --survey NAME, or --new NAME --metric csat.',
		],
		[['import-answers', 'answers.csv', ...columns, '--survey', 'Nothing'], 'There is no survey "Nothing" here.'],
		[
			['import-answers', 'answers.csv', ...columns, '--new', 'X'],
			'Choose the scale of the scores: --metric nps, csat, ces, stars, thumbs, pmf, enps, ces-v1.',
		],
		[
			['import-answers', 'answers.csv', ...columns, '--new', 'X', '--metric', 'ces2'],
			'Choose the scale of the scores: --metric nps, csat, ces, stars, thumbs, pmf, enps, ces-v1.',
		],
		[
			['import-answers', 'answers.csv', ...columns, '--new', 'X', '--metric', 'nps', '--asked-at', 'sent'],
			'There is no column "sent" (--asked-at). The file has: grade, when, words, mail, number.',
		],
		[
			['import-answers', 'answers.csv', ...columns, '--new', 'X', '--metric', 'nps', '--time-zone', 'Mars/Olympus'],
			'There is no time zone "Mars/Olympus"; it is written as in Asia/Colombo.',
		],
		[
			['import-answers', 'answers.csv', ...columns, '--new', 'X', '--metric', 'nps', '--date-format', 'dmy'],
			'--date-format is one of iso, day-first, month-first, unix-seconds, unix-milliseconds.',
		],
		[
			['import-answers', 'answers.csv', ...columns, '--new', 'X', '--metric', 'nps', '--workspace', 'other'],
			'There is no workspace "other"; it is the word after /w/ in its address.',
		],
		[
			['import-answers', 'answers.csv', ...columns, '--new', 'X', '--metric', 'nps', '--scroe', 'grade'],
			'There is no option --scroe.',
		],
		[
			['import-answers', 'ambiguous.csv', ...columns, '--new', 'X', '--metric', 'nps'],
			'In “when” day and month cannot be told apart, as in 03/02/2024. Choose which comes first: --date-format day-first or month-first.',
		],
		[['import-answers', 'empty.csv', ...columns, '--new', 'X', '--metric', 'nps'], 'This file is empty.'],
		[
			['import-answers', 'picture.csv', ...columns, '--new', 'X', '--metric', 'nps'],
			'This is an Excel workbook or a ZIP file. Open it, choose “Save as” and CSV UTF-8, and import that.',
		],
	])('answers %j with one sentence', async (words, sentence) => {
		const [command, file, ...rest] = words;
		const path = file && !file.startsWith('/') ? [at(file)] : file ? [file] : [];
		expect(isOneSentence(await heed([command!, ...path, ...rest]))).toBe(sentence);
	});

	it('leaves nothing behind of what it refused', async () => {
		const db = await database.open(server.uri, { kind: 'embedded' });
		const { imports, importChunks, surveys } = db.models;
		const left = [
			await imports.countDocuments({ status: { $in: ['uploading', 'mapping'] } }),
			await importChunks.countDocuments({}),
			await surveys.countDocuments({ name: 'X' }),
		];
		await database.close(db);
		expect(left).toEqual([0, 0, 0]);
	});
});
