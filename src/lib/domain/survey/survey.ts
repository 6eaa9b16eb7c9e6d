// A survey as managers keep it: a draft they edit, and the frozen versions that answers point at.
import type { Definition, Status } from './definition.ts';
import type { Outdated } from './outdated.ts';

export type Survey = {
	id: string;
	workspaceId: string;
	name: string;
	status: Status;
	/** What the builder edits. */
	draft: Definition;
	/** Goes up by one with each saved edit: a save names the one it saw, so that two editors lose nothing. */
	draftRevision: number;
	/** Who saved it last. */
	draftSavedBy?: string | null;
	/** Translations in the draft that its base has moved away from. */
	outdated?: Outdated[];
	/** The version that is asked now, or null before the first publish. */
	version: number | null;
	/** Whether the draft differs from the published version. */
	hasUnpublishedEdits: boolean;
	/** Hours in which a customer may change an answer. */
	editWindowHours: number;
	/** One of the workspace's touchpoints; null, or the id of one that was removed, is none. */
	touchpointId: string | null;
	/** A live survey takes answers from this moment on; null is at once. */
	opensAt: Date | null;
	/** And up to this one; null is without end. */
	closesAt: Date | null;
	/** And until it has so many answers from customers; null is without limit. */
	quota: number | null;
	/** Archived surveys are in no list and take no answers. */
	archivedAt: Date | null;
	/** Goes up by one when all preview links are revoked: a link names the one it was made under. */
	previewGeneration: number;
	isSample: boolean;
	/** Small number that goes up whenever an answer or a sending of this survey changes; pages poll it. */
	revision: number;
	createdAt: Date;
	updatedAt: Date;
};

export type SurveyVersion = {
	surveyId: string;
	version: number;
	definition: Definition;
	publishedAt: Date;
	/** A user's id; null where it was made by no one person: samples, and versions from before this was kept. */
	publishedBy: string | null;
};

/** What a survey is set to beside what it asks. */
export type SurveySettings = Pick<Survey, 'touchpointId' | 'opensAt' | 'closesAt' | 'quota' | 'editWindowHours'>;

/** As a new survey has it: no touchpoint, open without end, answers may be changed for a day. */
export const defaultSettings: SurveySettings = {
	touchpointId: null,
	opensAt: null,
	closesAt: null,
	quota: null,
	editWindowHours: 24,
};

/** The settings of a survey, and nothing else of it. */
export const settingsOf = ({
	touchpointId,
	opensAt,
	closesAt,
	quota,
	editWindowHours,
}: SurveySettings): SurveySettings => ({ touchpointId, opensAt, closesAt, quota, editWindowHours });
