// The key that signs links: from SECRET, or made once in DATA_DIR for this user's eyes only.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** 32 bytes, the same at every start. Two processes that start at once agree: the file is made exclusively. */
export const loadSecret = async (config: Pick<Config, 'SECRET' | 'DATA_DIR'>): Promise<Uint8Array> => {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	if (config.SECRET) return digest(config.SECRET);
	const path = join(config.DATA_DIR, 'secret');
	await mkdir(config.DATA_DIR, { recursive: true });
	try {
		const file = await open(path, 'wx', 0o600);
		await file.writeFile(randomBytes(32).toString('hex'));
		await file.sync();
		await file.close();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	const text = (await readFile(path, 'utf8')).trim();
	if (text.length < 64)
		throw new Error(
			`${path} is damaged. Put the old one back from a backup, or delete it: links already sent stop working`,
		);
	return digest(text);
};
