// An ordinary Mongoose program runs on the embedded database unchanged.
import mongoose, { Schema } from 'mongoose';
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

const surveySchema = new Schema(
	{
		workspaceId: { type: Schema.Types.ObjectId, required: true },
		name: { type: String, required: true },
		score: Number,
		tags: [String],
		questions: [{ key: String, text: String }],
	},
	{ timestamps: true },
);
surveySchema.index({ workspaceId: 1, name: 1 }, { unique: true });

describe('a Mongoose program', () => {
	it('creates its indexes, and finds the same ones again', async () => {
		const Survey = connection.model('Survey', surveySchema);
		await Survey.init();
		await Survey.syncIndexes();
		expect((await Survey.collection.indexes()).map((index) => index.name)).toEqual(['_id_', 'workspaceId_1_name_1']);
	});

	it('saves, reads, changes and deletes documents', async () => {
		const Survey = connection.model('Survey', surveySchema);
		const workspaceId = new mongoose.Types.ObjectId();
		const made = await Survey.create({
			workspaceId,
			name: 'NPS',
			tags: ['a'],
			questions: [{ key: 'q1', text: 'How?' }],
		});
		made.questions.push({ key: 'q2', text: 'Why?' });
		made.set('questions.0.text', 'How likely?');
		await made.save();
		const found = await Survey.findById(made._id).lean();
		expect(found?.questions.map((question) => question.text)).toEqual(['How likely?', 'Why?']);
		await Survey.updateOne({ _id: made._id }, { $inc: { score: 9 }, $addToSet: { tags: { $each: ['a', 'b'] } } });
		expect(await Survey.findOne({ workspaceId, tags: 'b' }).lean()).toMatchObject({ score: 9, tags: ['a', 'b'] });
		expect(await Survey.countDocuments({ workspaceId })).toBe(1);
		expect(await Survey.exists({ workspaceId, name: 'CSAT' })).toBeNull();
		expect(await Survey.distinct('tags', { workspaceId })).toEqual(['a', 'b']);
		await made.deleteOne();
		expect(await Survey.estimatedDocumentCount()).toBe(0);
	});

	it('is told which unique key a second document would break', async () => {
		const Survey = connection.model('Survey', surveySchema);
		const workspaceId = new mongoose.Types.ObjectId();
		await Survey.create({ workspaceId, name: 'NPS' });
		await expect(Survey.create({ workspaceId, name: 'NPS' })).rejects.toMatchObject({
			code: 11000,
			keyPattern: { workspaceId: 1, name: 1 },
			keyValue: { workspaceId, name: 'NPS' },
		});
	});

	it('upserts, and returns the document as it was or is', async () => {
		const Survey = connection.model('Survey', surveySchema);
		const key = { workspaceId: new mongoose.Types.ObjectId(), name: 'CES' };
		const before = await Survey.findOneAndUpdate(
			key,
			{ $set: { score: 1 } },
			{ upsert: true, returnDocument: 'before' },
		);
		expect(before).toBeNull();
		const after = await Survey.findOneAndUpdate(key, { $inc: { score: 2 } }, { upsert: true, returnDocument: 'after' });
		expect(after?.score).toBe(3);
	});

	it('reads through a cursor, in batches', async () => {
		const Survey = connection.model('Survey', surveySchema);
		const workspaceId = new mongoose.Types.ObjectId();
		await Survey.insertMany(
			Array.from({ length: 1_000 }, (_, at) => ({ workspaceId, name: `survey ${at}`, score: at })),
		);
		const scores: number[] = [];
		for await (const survey of Survey.find({ workspaceId }).sort({ score: -1 }).cursor({ batchSize: 150 }))
			scores.push(survey.score!);
		expect(scores).toEqual(Array.from({ length: 1_000 }, (_, at) => 999 - at));
	});
});
