// What became of a mail, where no mail server has said it: messages/replies.ts has the words.

/** `kept`: in the built-in mailbox. The others: why it was not sent. */
export type OwnReply = {
	is:
		| 'kept'
		| 'unwritten'
		| 'sending-cancelled'
		| 'survey-gone'
		| 'person-deleted'
		| 'unsubscribed'
		| 'refused-before'
		| 'sample-person';
};

/** A mail server's own words, or ours. Earlier versions kept ours as a sentence too. */
export type Reply = string | OwnReply;
