// A product with somebody in it: rows made through its own database, as a command would, and the links to them.
import { randomBytes } from 'node:crypto';
import type { Scope } from '#lib/domain/workspace/workspace.ts';
import { cookieName } from '#lib/server/auth/cookie.ts';
import { sessionStore } from '#lib/server/auth/lucia.ts';
import { readConfig } from '#lib/server/config.ts';
import type { Context } from '#lib/server/context.ts';
import * as database from '#lib/server/db/database.ts';
import * as embedded from '#lib/server/embedded/index.ts';
import { loadSecret } from '#lib/server/secret.ts';
import type { LinkKind } from '#lib/server/services/links.ts';
import { makeTenant, tokenOf } from '#test/support/factories.ts';
import { startProduct, type Product } from './product.ts';

export type Furnished = {
	product: Product;
	/** Enough of a Context for the factories. */
	ctx: Context;
	workspaceId: string;
	slug: string;
	scope: Scope;
	/** A session of the owner, or of somebody else, as a cookie. */
	signIn(userId?: string): Promise<{ name: string; value: string; url: string }>;
	/** The path of a customer's link. */
	link(kind: LinkKind, id: string, door?: 's' | 'e'): string;
	stop(): Promise<void>;
};

/** Starts the built product and furnishes it with one workspace of this name. */
export const furnish = async (name = 'Ceylon Tea House', env: Record<string, string> = {}): Promise<Furnished> => {
	const product = await startProduct(env);
	const config = readConfig({ DATA_DIR: product.dataDir, PUBLIC_URL: product.url });
	const db = await database.open((await embedded.runningUri(product.dataDir))!, { kind: 'embedded' });
	const rest: Pick<Context, 'config' | 'db' | 'secret' | 'clock' | 'randomBytes'> = {
		config,
		db,
		secret: await loadSecret(config),
		clock: () => new Date(),
		randomBytes: (length) => randomBytes(length),
	};
	const ctx = rest as Context;
	const { workspace, scope } = await makeTenant(ctx, { name });
	return {
		product,
		ctx,
		workspaceId: workspace.id,
		slug: workspace.slug,
		scope,
		signIn: async (userId = scope.userId) => {
			const { token } = await sessionStore(ctx).open(userId, 'a test');
			return { name: cookieName(config), value: token, url: product.url };
		},
		link: (kind, id, door = 's') => `/${door}/${tokenOf(ctx, kind, workspace.id, id)}`,
		async stop() {
			await database.close(db);
			await product.stop();
		},
	};
};
