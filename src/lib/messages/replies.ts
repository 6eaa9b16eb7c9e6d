// What managers read for what became of a mail: the mail server's own words, or ours.
import type { OwnReply, Reply } from '#lib/domain/sending/reply.ts';
import { t } from './managers.ts';

const ours: Record<OwnReply['is'], () => string> = {
	kept: t.sendings_reply_kept,
	unwritten: t.sendings_reply_unwritten,
	'sending-cancelled': t.sendings_reply_sending_cancelled,
	'survey-gone': t.sendings_reply_survey_gone,
	'person-deleted': t.sendings_reply_person_deleted,
	unsubscribed: t.sendings_reply_unsubscribed,
	'refused-before': t.sendings_reply_refused_before,
	'sample-person': t.sendings_reply_sample_person,
};

/** "250 OK", or "Unsubscribed before it was sent". */
export const replyText = (reply: Reply): string => (typeof reply === 'string' ? reply : ours[reply.is]());
