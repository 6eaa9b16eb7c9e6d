// The files of managers' texts, and that a further language needs nothing but its files.
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { wanted } from '#lib/messages/managers.ts';

type Message = string | [{ match: Record<string, string> }];

const folder = 'src/lib/messages/managers';
const textsOf = (file: string): Record<string, Message> => {
	const { $schema: _, ...texts } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Message>;
	return texts;
};
const files = globSync(`${folder}/*/en.json`).sort();

test.each(files)('%s holds texts of its area', (file) => {
	const area = `${basename(dirname(file))}_`;
	const keys = Object.keys(textsOf(file));
	expect(keys.length).toBeGreaterThan(0);
	expect(keys.filter((key) => !key.startsWith(area))).toEqual([]);
});

test('every area is listed in the settings', () => {
	const settings = JSON.parse(readFileSync(`${folder}/project.inlang/settings.json`, 'utf8')) as {
		'plugin.inlang.messageFormat': { pathPattern: string[] };
	};
	const listed = settings['plugin.inlang.messageFormat'].pathPattern;
	expect(listed.map((path) => join(folder, path.replace('{locale}', 'en'))).sort()).toEqual(files);
});

test('every text is said somewhere', () => {
	const code = globSync('{src,emails}/**/*.{ts,svelte}')
		.filter((file) => !file.includes('paraglide'))
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');
	const said = new Set(code.match(/\bt\.\w+/g));
	const keys = files.flatMap((file) => Object.keys(textsOf(file))).filter((key) => !key.startsWith('rules_'));
	expect(keys.filter((key) => !said.has(`t.${key}`))).toEqual([]);
});

test('a request is answered in English as long as there is no other language', () => {
	expect(wanted(null)).toBe('en');
	expect(wanted('si, de;q=0.8')).toBe('en');
});

test('a language is added by its files and its code, and lacks nothing where it has no text yet', async () => {
	const copy = await mkdtemp(join(tmpdir(), 'words-'));
	try {
		await cp(`${folder}/common`, join(copy, 'common'), { recursive: true });
		await mkdir(join(copy, 'project.inlang'));
		await writeFile(
			join(copy, 'project.inlang/settings.json'),
			JSON.stringify({
				baseLocale: 'en',
				locales: ['en', 'si'],
				modules: [resolve('node_modules/@inlang/plugin-message-format/dist/index.js')],
				'plugin.inlang.messageFormat': { pathPattern: ['./common/{locale}.json'] },
			}),
		);
		await writeFile(join(copy, 'common/si.json'), JSON.stringify({ common_cancel: 'අවලංගු කරන්න' }));
		const compiler = resolve('node_modules/@inlang/paraglide-js/bin/run.js');
		const out = join(copy, 'compiled');
		await promisify(execFile)(process.execPath, [
			...[compiler, 'compile', '--project', join(copy, 'project.inlang'), '--outdir', out],
			...['--strategy', 'baseLocale', '--silent'],
		]);
		const { m } = (await import(/* @vite-ignore */ join(out, 'messages.js'))) as {
			m: Record<string, (inputs: object, options: { locale: string }) => string>;
		};
		expect(m.common_cancel!({}, { locale: 'si' })).toBe('අවලංගු කරන්න');
		expect(m.common_just_now!({}, { locale: 'si' })).toBe('just now');
	} finally {
		await rm(copy, { recursive: true, force: true });
	}
}, 60_000);
