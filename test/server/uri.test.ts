import { expect, it } from 'vitest';
import { databaseNameIn, hostsIn } from '#lib/server/db/uri.ts';

it.each([
	['mongodb://%2Ftmp%2Fheed%2Fheed.sock/heed', 'heed', '%2Ftmp%2Fheed%2Fheed.sock'],
	['mongodb://me:p%40ss@a:27017,b:27017/shop?replicaSet=rs0', 'shop', 'a:27017,b:27017'],
	['mongodb+srv://cluster.shop.lk/?retryWrites=true', 'heed', 'cluster.shop.lk'],
	['mongodb://127.0.0.1', 'heed', '127.0.0.1'],
])('reads %s', (uri, name, hosts) => expect([databaseNameIn(uri), hostsIn(uri)]).toEqual([name, hosts]));
