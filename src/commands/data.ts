// Commands on the data itself: migrating it, filling in the sample year, and working apart from the web server.
import type { Workspace } from '../lib/domain/workspace/workspace.ts';
import type { Context } from '../lib/server/context.ts';
import * as workspaces from '../lib/server/db/workspaces.ts';
import * as recounts from '../lib/server/services/recounts.ts';
import * as sampleData from '../lib/server/services/sample-data.ts';
import { onStopSignal } from '../stop-signals.ts';
import { BadCall, type Arguments, type DataCommand } from './command.ts';

/** The workspace that --workspace names, or the only one there is. Throws BadCall. */
export const workspaceOf = async (ctx: Context, { options }: Pick<Arguments, 'options'>): Promise<Workspace> => {
	if (options.workspace) {
		const named = await workspaces.bySlug(ctx.db, options.workspace);
		if (!named)
			throw new BadCall(`There is no workspace "${options.workspace}"; it is the word after /w/ in its address`);
		return named;
	}
	const [only, another] = await workspaces.oldest(ctx.db, 2);
	if (!only) throw new BadCall('There is no workspace yet. Open Heed in a browser once, or use create-owner');
	if (another) throw new BadCall('There are several workspaces; name one with --workspace');
	return only;
};

export const seedCommand: DataCommand = {
	kind: 'data',
	usage: '[--workspace SLUG] [--remove]',
	summary: 'adds the sample year (marked, never mixed into real numbers), or removes it',
	async run({ ctx, options, say }) {
		const workspace = await workspaceOf(ctx, { options });
		const scope = { workspaceId: workspace.id, userId: '', role: 'owner' } as const;
		if (options.remove === undefined) await sampleData.add(ctx, scope);
		else await sampleData.remove(ctx, scope);
		say(`Sample data ${options.remove === undefined ? 'added to' : 'removed from'} ${workspace.name}.`);
	},
};

export const migrateCommand: DataCommand = {
	kind: 'data',
	usage: '',
	summary: 'brings the data to this version (a start does this too)',
	// Opening the database has migrated it already.
	run: async ({ say }) => say('The data is of this version.'),
};

export const workCommand: DataCommand = {
	kind: 'data',
	usage: '',
	summary: 'sends mail and runs jobs beside the web server, until it is stopped; needs MONGODB_URI',
	isWorker: true,
	check({ config }) {
		if (!config.MONGODB_URI)
			throw new BadCall('With the embedded database the web server does this work itself. Set MONGODB_URI to share it');
	},
	async run({ say }) {
		say('Working. Stop with Ctrl-C.');
		await new Promise<void>((stop) => {
			const keepAlive = setInterval(() => {}, 3_600_000);
			onStopSignal(() => {
				clearInterval(keepAlive);
				stop();
			});
		});
	},
};

export const recountCommand: DataCommand = {
	kind: 'data',
	usage: '',
	summary: "counts every survey's answers anew; reports are right without it, so only when in doubt",
	async run({ ctx, say }) {
		const surveys = await recounts.recountAll(ctx, ({ workspace, name }) => say(`${workspace}: ${name}`));
		say(`Counted ${surveys} ${surveys === 1 ? 'survey' : 'surveys'}.`);
	},
};
