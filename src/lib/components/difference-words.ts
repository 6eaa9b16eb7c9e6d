// What managers read for what is different between two versions.
import type { Brand } from '#lib/domain/survey/brand.ts';
import type { Both, Change, Named, SettingValue } from '#lib/domain/survey/difference.ts';
import type { Ending } from '#lib/domain/survey/ending.ts';
import type { Bucket, Look } from '#lib/domain/survey/metric.ts';
import type { QuestionKind } from '#lib/domain/survey/question.ts';
import type { Spot } from '#lib/domain/survey/text-places.ts';
import { languageText } from '#lib/messages/language-names.ts';
import { spoken, t } from '#lib/messages/managers.ts';
import { conditionText, ruleText } from './rule-words.ts';

/** A title in a sentence, cut where it would fill the line. */
const short = (title: string, most = 60) => (title.length > most ? `${title.slice(0, most - 1)}…` : title);

type Message<Inputs> = (inputs: Inputs) => string;
const named = (
	{ number, title }: Named,
	plain: Message<{ number: number }>,
	titled: Message<{ number: number; title: string }>,
) => (title === null ? plain({ number }) : titled({ number, title: short(title) }));

/** "Question 2 “Which shop?”". */
const questionName = (question: Named) => named(question, t.surveys_change_question, t.surveys_change_question_named);
const partNames = {
	options: (part: Named) => named(part, t.surveys_change_option, t.surveys_change_option_named),
	rows: (part: Named) => named(part, t.surveys_change_row, t.surveys_change_row_named),
};
const partsMoved = { options: t.surveys_change_options_moved, rows: t.surveys_change_rows_moved };

const bucketText = (bucket: Bucket) => t.common_bucket({ bucket });
const lookText = (look: Look) => t.surveys_change_of_look({ look });
const kindText = (kind: QuestionKind) => t.surveys_change_of_kind({ kind });
const brandText = (value: Brand['typeface' | 'corner' | 'scheme']) => t.surveys_change_of_brand({ value });
const endingText = (ending: Ending) =>
	t.surveys_change_of_ending({ kind: ending.kind, address: ending.kind === 'link' ? ending.address : '' });
const orNone = (text: string | null) => text ?? t.surveys_change_none();

const wordingName = (spot: Spot, language: string): string => {
	switch (spot.of) {
		case 'question':
			return t.surveys_change_wording_question({ language });
		case 'low-end':
			return t.surveys_change_wording_low_end({ language });
		case 'high-end':
			return t.surveys_change_wording_high_end({ language });
		case 'follow-up':
			return t.surveys_change_wording_follow_up({ bucket: bucketText(spot.bucket), language });
		case 'title':
			return t.surveys_change_wording_title({ ...spot, language });
		case 'description':
			return t.surveys_change_wording_description({ ...spot, language });
		case 'low-label':
			return t.surveys_change_wording_low_label({ ...spot, language });
		case 'high-label':
			return t.surveys_change_wording_high_label({ ...spot, language });
		case 'option':
			return t.surveys_change_wording_option({ ...spot, language });
		case 'row':
			return t.surveys_change_wording_row({ ...spot, language });
		case 'thanks':
			return t.surveys_change_wording_thanks({ language });
		case 'ending':
			return t.surveys_change_wording_ending({ bucket: bucketText(spot.bucket), language });
		case 'ending-button':
			return t.surveys_change_wording_ending_button({ bucket: bucketText(spot.bucket), language });
		case 'subject':
			return t.surveys_change_wording_subject({ language });
	}
};

/** What is different: a sentence such as "Question 2 was removed", or the name of what `changed` has the two values of. */
export const differenceText = (change: Change): string => {
	switch (change.kind) {
		case 'metric':
			return t.surveys_change_metric({ from: change.from.toUpperCase(), to: change.to.toUpperCase() });
		case 'template':
			return t.surveys_change_template();
		case 'points':
			return t.surveys_change_points(change);
		case 'look':
			return t.surveys_change_look({ from: lookText(change.from), to: lookText(change.to) });
		case 'order':
			return t.surveys_change_order(change);
		case 'wording':
			return wordingName(change.spot, languageText(change.language));
		case 'language':
			return t.surveys_change_language();
		case 'comment':
			return change.isAsked ? t.surveys_change_comment_asked() : t.surveys_change_comment_dropped();
		case 'rule-removed':
			return t.surveys_change_rule_removed({ after: change.after, rule: ruleText(change.rule) });
		case 'rule-added':
			return t.surveys_change_rule_added({ after: change.after, rule: ruleText(change.rule) });
		case 'rules-moved':
			return t.surveys_change_rules_moved(change);
		case 'questions-moved':
			return t.surveys_change_questions_moved();
		case 'ending':
			return t.surveys_change_ending({ bucket: bucketText(change.bucket) });
		case 'hidden-fields':
			return t.surveys_change_hidden_fields();
		case 'colour':
			return t.surveys_change_colour();
		case 'typeface':
			return t.surveys_change_typeface();
		case 'corner':
			return t.surveys_change_corner();
		case 'scheme':
			return t.surveys_change_scheme();
		case 'logo-removed':
			return t.surveys_change_logo_removed();
		case 'logo-added':
			return t.surveys_change_logo_added();
		case 'logo-changed':
			return t.surveys_change_logo_changed();
		case 'background':
			return t.surveys_change_background();
		case 'sender-name':
			return t.surveys_change_sender_name();
		case 'reply-to':
			return t.surveys_change_reply_to();
		case 'other':
			return t.surveys_change_other();
		default:
			return questionText(change, questionName(change.question));
	}
};

const questionText = (change: Extract<Change, { question: Named }>, question: string): string => {
	switch (change.kind) {
		case 'question-removed':
			return t.surveys_change_question_removed({ question });
		case 'question-added':
			return t.surveys_change_question_added({ question, kind: kindText(change.asks) });
		case 'question-kind':
			return t.surveys_change_question_kind({ question, from: kindText(change.from), to: kindText(change.to) });
		case 'question-required':
			return change.isRequired
				? t.surveys_change_question_required({ question })
				: t.surveys_change_question_optional({ question });
		case 'question-shown':
			return t.surveys_change_question_shown({ question });
		case 'part-removed':
			return t.surveys_change_part_removed({ question, part: partNames[change.of](change.part) });
		case 'part-added':
			return t.surveys_change_part_added({ question, part: partNames[change.of](change.part) });
		case 'parts-moved':
			return partsMoved[change.of]({ question });
		case 'question-setting': {
			const setting = t.surveys_change_of_setting({ setting: change.setting });
			return t.surveys_change_question_setting({ question, setting });
		}
	}
};

const both = <Value>({ from, to }: Both<Value>, text: (value: Value) => string | null): Both<string | null> => ({
	from: text(from),
	to: text(to),
});

const settingText = (value: SettingValue) =>
	typeof value === 'boolean'
		? value
			? t.surveys_change_yes()
			: t.surveys_change_no()
		: orNone(value === null ? null : String(value));

/** What stood there and stands there now, where one can read both; null is the standard wording. */
export const changed = (change: Change): Both<string | null> | null => {
	switch (change.kind) {
		case 'wording':
			return change;
		case 'language':
			return both(change, languageText);
		case 'ending':
			return both(change, endingText);
		case 'hidden-fields':
			return both(change, (names) =>
				orNone(names.length ? new Intl.ListFormat(spoken(), { type: 'unit' }).format(names) : null),
			);
		case 'typeface':
		case 'corner':
		case 'scheme':
			return both(change, brandText);
		case 'colour':
		case 'sender-name':
		case 'reply-to':
			return both(change, orNone);
		case 'question-shown':
			return both(change, conditionText);
		case 'question-setting':
			return both(change, change.setting === 'look' ? (look) => lookText(look as Look) : settingText);
		default:
			return null;
	}
};
