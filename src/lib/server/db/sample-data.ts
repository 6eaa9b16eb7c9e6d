// Puts a sample story into a workspace and takes it out again. Every row of it is marked or belongs to a marked survey.
import type { SampleQuestion, SampleStory, SampleSurvey } from '#lib/domain/sample/story.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import { definitionFrom, templates } from '#lib/domain/survey/templates.ts';
import type { Database } from './database.ts';
import { insertOnce, repeatable } from './retry.ts';
import { ObjectId } from './rows/base.ts';

const batchSize = 500;

const unordered = { ordered: false } as const;

const inBatches = async <Row>(rows: readonly Row[], insert: (batch: Row[]) => Promise<unknown>) => {
	for (let from = 0; from < rows.length; from += batchSize)
		await insertOnce(() => insert(rows.slice(from, from + batchSize)));
};

const definitionOf = ({ template, colour }: SampleSurvey): Definition => {
	const definition = definitionFrom(
		templates.find(({ id }) => id === template)!,
		'en',
	);
	return { ...definition, brand: { ...definition.brand, colour } };
};

const addSurvey = async (
	db: Database,
	workspaceId: ObjectId,
	survey: SampleSurvey,
	createdAt: Date,
): Promise<ObjectId> => {
	const _id = new ObjectId();
	const definition = definitionOf(survey);
	const version = {
		_id: new ObjectId(),
		workspaceId,
		surveyId: _id,
		version: 1,
		definition,
		publishedAt: createdAt,
		publishedBy: null,
	};
	await insertOnce(() => db.models.surveyVersions.insertMany([version]));
	const row = {
		_id,
		workspaceId,
		name: survey.name,
		status: 'live' as const,
		draft: definition,
		draftRevision: 1,
		version: 1,
		hasUnpublishedEdits: false,
		editWindowHours: 24,
		isSample: true,
		revision: 1,
		createdAt,
		updatedAt: createdAt,
	};
	await insertOnce(() => db.models.surveys.insertMany([row]));
	return _id;
};

/** Adds people, surveys, questions and answers of the story. Returns the ids of its surveys. */
export const add = async (db: Database, workspaceId: string, story: SampleStory, now: Date): Promise<string[]> => {
	const { contacts, invitations, responses } = db.models;
	const workspace = new ObjectId(workspaceId);
	const createdAt = story.surveys[0]?.questions[0]?.askedAt ?? now;
	const lastAsked = new Map<number, Date>();
	for (const { person, askedAt } of story.surveys.flatMap(({ questions }) => questions))
		if (askedAt > (lastAsked.get(person) ?? askedAt.getTime() - 1)) lastAsked.set(person, askedAt);
	const people = story.people.map((person, index) => ({
		_id: new ObjectId(),
		...person,
		lastAskedAt: lastAsked.get(index) ?? null,
	}));
	await inBatches(people, (batch) =>
		contacts.insertMany(
			batch.map((person) => ({ ...person, workspaceId: workspace, address: person.email, isSample: true, createdAt })),
			unordered,
		),
	);
	const surveyIds: string[] = [];
	for (const survey of story.surveys) {
		const surveyId = await addSurvey(db, workspace, survey, createdAt);
		surveyIds.push(surveyId.toHexString());
		const asked = survey.questions.map((question: SampleQuestion) => ({
			...question,
			_id: new ObjectId(),
			answerId: new ObjectId(),
			who: people[question.person]!,
		}));
		const common = { workspaceId: workspace, surveyId, version: 1 };
		await inBatches(asked, (batch) =>
			invitations.insertMany(
				batch.map(({ _id, who, askedAt, properties, answer }) => ({
					...common,
					_id,
					contactId: who._id,
					address: who.email,
					name: who.name,
					language: who.language,
					properties,
					isTest: false,
					status: 'sent',
					dueAt: askedAt,
					sentAt: askedAt,
					answeredAt: answer?.answeredAt ?? null,
					createdAt: askedAt,
				})),
				unordered,
			),
		);
		await inBatches(
			asked.filter(({ answer }) => answer),
			(batch) =>
				responses.insertMany(
					batch.map(({ _id, answerId, who, askedAt, properties, answer }) => ({
						...common,
						...answer!,
						_id: answerId,
						kind: 'sample',
						channel: 'email',
						properties,
						contactId: who._id,
						invitationId: _id,
						askedAt,
						updatedAt: answer!.answeredAt,
					})),
					unordered,
				),
		);
	}
	return surveyIds;
};

/** Ids of the workspace's sample surveys. */
export const surveyIds = async (db: Database, workspaceId: string): Promise<string[]> => {
	const rows = await db.models.surveys
		.find({ workspaceId: new ObjectId(workspaceId), isSample: true })
		.select('_id')
		.lean<{ _id: ObjectId }[]>();
	return rows.map(({ _id }) => _id.toHexString());
};

/** Takes all sample data out, surveys last, so that an interrupted removal can be repeated. */
export const remove = async (db: Database, workspaceId: string): Promise<void> => {
	const workspace = new ObjectId(workspaceId);
	const ids = (await surveyIds(db, workspaceId)).map((id) => new ObjectId(id));
	for (const surveyId of ids) {
		const { responses, invitations, surveyVersions, staleDays, tallies, tallyBooks } = db.models;
		for (const model of [responses, invitations, surveyVersions, staleDays, tallies, tallyBooks])
			await repeatable(() => (model as typeof responses).deleteMany({ workspaceId: workspace, surveyId }));
	}
	await repeatable(() => db.models.contacts.deleteMany({ workspaceId: workspace, isSample: true }));
	await repeatable(() => db.models.surveys.deleteMany({ workspaceId: workspace, isSample: true }));
};
