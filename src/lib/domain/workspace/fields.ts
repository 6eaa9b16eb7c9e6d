// What a workspace's form may say. Apart from workspace.ts, so that no schema travels to a browser.
import { z } from 'zod';
import { languages } from '../survey/language.ts';

export const workspaceNameSchema = z
	.string()
	.trim()
	.min(1, 'Give the workspace a name')
	.max(80, 'At most 80 characters');
export const timeZoneSchema = z.string().refine((name) => {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}, 'Choose a time zone from the list');
export const languageSchema = z.enum(languages);
