// A survey as managers keep it: a draft they edit, and the frozen versions that answers point at.
import type { Definition, Status } from './definition.ts';

export type Survey = {
	id: string;
	workspaceId: string;
	name: string;
	status: Status;
	/** What the builder edits. */
	draft: Definition;
	/** Goes up by one with each saved edit: a save names the one it saw, so that two editors lose nothing. */
	draftRevision: number;
	/** The version that is asked now, or null before the first publish. */
	version: number | null;
	/** Whether the draft differs from the published version. */
	hasUnpublishedEdits: boolean;
	/** Hours in which a customer may change an answer. */
	editWindowHours: number;
	isSample: boolean;
	/** Small number that goes up whenever an answer or a sending of this survey changes; pages poll it. */
	revision: number;
	createdAt: Date;
	updatedAt: Date;
};

export type SurveyVersion = { surveyId: string; version: number; definition: Definition; publishedAt: Date };
