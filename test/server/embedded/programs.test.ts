// Programs written for MongoDB that the product builds on: they run on the embedded database unchanged.
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#test/support/database.ts';

let database: FreshDatabase;
let connection: mongoose.Connection;

beforeAll(async () => {
	database = await freshDatabase();
	connection = await mongoose.createConnection(database.uri).asPromise();
});
afterAll(async () => {
	await connection.close();
	await database.stop();
});

const until = async (isSo: () => boolean | Promise<boolean>) => {
	for (let wait = 0; wait < 400 && !(await isSo()); wait++) await new Promise((resolve) => setTimeout(resolve, 25));
	expect(await isSo()).toBe(true);
};

describe('agenda', () => {
	it('runs jobs now, later, again and again, and after a failure, each exactly once', async () => {
		const agenda = new Agenda({
			backend: new MongoBackend({ mongo: connection.db!, collection: 'jobs' }),
			processEvery: 100,
			defaultConcurrency: 20,
			maxConcurrency: 40,
		});
		agenda.on('error', (error) => {
			throw error;
		});
		await agenda.ready;
		const ran: number[] = [];
		let recurring = 0;
		let failures = 0;
		let isDelayedDone = false;
		agenda.define<{ at: number }>('one of many', async (job) => void ran.push(job.attrs.data.at));
		agenda.define('recurring', async () => void recurring++);
		agenda.define('delayed', async () => void (isDelayedDone = true));
		agenda.define('failing', async () => {
			failures++;
			throw new Error('as it should');
		});
		await agenda.start();
		await Promise.all(Array.from({ length: 100 }, (_, at) => agenda.now('one of many', { at })));
		await agenda.every(200, 'recurring');
		await agenda.schedule(new Date(Date.now() + 300), 'delayed', {});
		await agenda.now('failing', {});
		await until(() => ran.length >= 100 && recurring >= 3 && isDelayedDone && failures === 1);
		await until(async () => (await agenda.queryJobs({ name: 'failing' })).jobs[0]?.state === 'failed');
		expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => at));
		expect((await agenda.queryJobs({ name: 'one of many', limit: 7, skip: 3 })).jobs).toHaveLength(7);
		await agenda.cancel({ name: 'recurring' });
		expect((await agenda.queryJobs({ name: 'recurring' })).total).toBe(0);
		// What still runs writes its end before the connection closes.
		await agenda.drain({ timeout: 10_000, closeConnection: false });
		await agenda.stop(false);
	});
});
