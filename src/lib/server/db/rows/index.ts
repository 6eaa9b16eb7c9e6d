// Every collection, by name. A row type never leaves server/db.
import type mongoose from 'mongoose';
import {
	colleagueInviteSchema,
	passwordResetSchema,
	sessionSchema,
	trySchema,
	type ColleagueInviteRow,
	type PasswordResetRow,
	type SessionRow,
	type TryRow,
} from './account.ts';
import { alertSchema, type AlertRow } from './alert.ts';
import { contactSchema, type ContactRow } from './contact.ts';
import { mailboxMessageSchema, mailServerSchema, type MailboxMessageRow, type MailServerRow } from './mail.ts';
import {
	importSchema,
	importChunkSchema,
	importRefusalSchema,
	importChangeSchema,
	suppressionSchema,
	type ImportRow,
	type ImportChunkRow,
	type ImportRefusalRow,
	type ImportChangeRow,
	type SuppressionRow,
} from './import.ts';
import { logoSchema, type LogoRow } from './logo.ts';
import { responseSchema, staleDaySchema, type ResponseRow, type StaleDayRow } from './response.ts';
import { invitationSchema, sendingSchema, type InvitationRow, type SendingRow } from './sending.ts';
import { surveyTemplateSchema, type SurveyTemplateRow } from './survey-template.ts';
import { surveySchema, surveyVersionSchema, type SurveyRow, type SurveyVersionRow } from './survey.ts';
import { tallyBookSchema, tallySchema, type TallyBookRow, type TallyRow } from './tally.ts';
import {
	membershipSchema,
	userSchema,
	workspaceSchema,
	type MembershipRow,
	type UserRow,
	type WorkspaceRow,
} from './workspace.ts';

export type Rows = {
	workspaces: WorkspaceRow;
	users: UserRow;
	memberships: MembershipRow;
	sessions: SessionRow;
	passwordResets: PasswordResetRow;
	tries: TryRow;
	colleagueInvites: ColleagueInviteRow;
	surveys: SurveyRow;
	surveyVersions: SurveyVersionRow;
	surveyTemplates: SurveyTemplateRow;
	logos: LogoRow;
	contacts: ContactRow;
	sendings: SendingRow;
	invitations: InvitationRow;
	mailboxMessages: MailboxMessageRow;
	mailServer: MailServerRow;
	alerts: AlertRow;
	responses: ResponseRow;
	staleDays: StaleDayRow;
	imports: ImportRow;
	importChunks: ImportChunkRow;
	importRefusals: ImportRefusalRow;
	importChanges: ImportChangeRow;
	suppressions: SuppressionRow;
	tallies: TallyRow;
	tallyBooks: TallyBookRow;
};

/** Each collection's fields and indexes. The rows' types are in Models: a schema's own generics say no more. */
export const collections: Record<keyof Rows, unknown> = {
	workspaces: workspaceSchema,
	users: userSchema,
	memberships: membershipSchema,
	sessions: sessionSchema,
	passwordResets: passwordResetSchema,
	tries: trySchema,
	colleagueInvites: colleagueInviteSchema,
	surveys: surveySchema,
	surveyVersions: surveyVersionSchema,
	surveyTemplates: surveyTemplateSchema,
	logos: logoSchema,
	contacts: contactSchema,
	sendings: sendingSchema,
	invitations: invitationSchema,
	mailboxMessages: mailboxMessageSchema,
	mailServer: mailServerSchema,
	alerts: alertSchema,
	responses: responseSchema,
	staleDays: staleDaySchema,
	imports: importSchema,
	importChunks: importChunkSchema,
	importRefusals: importRefusalSchema,
	importChanges: importChangeSchema,
	suppressions: suppressionSchema,
	tallies: tallySchema,
	tallyBooks: tallyBookSchema,
};

export type Models = { [Name in keyof Rows]: mongoose.Model<Rows[Name]> };

/** First part of each collection's shard key; `null` for those every workspace shares. */
export const shardKeys: { [Name in keyof Rows]: string | null } = {
	workspaces: null,
	users: null,
	memberships: 'workspaceId',
	sessions: null,
	passwordResets: null,
	tries: null,
	colleagueInvites: 'workspaceId',
	surveys: 'workspaceId',
	surveyVersions: 'workspaceId',
	surveyTemplates: 'workspaceId',
	logos: 'workspaceId',
	contacts: 'workspaceId',
	sendings: 'workspaceId',
	invitations: 'workspaceId',
	mailboxMessages: 'workspaceId',
	mailServer: null,
	alerts: 'workspaceId',
	responses: 'workspaceId',
	staleDays: 'workspaceId',
	imports: 'workspaceId',
	importChunks: 'workspaceId',
	importRefusals: 'workspaceId',
	importChanges: 'workspaceId',
	suppressions: 'workspaceId',
	tallies: 'workspaceId',
	tallyBooks: 'workspaceId',
};
