// What managers and translators read for where a text of a survey stands.
import type { Spot } from '#lib/domain/survey/text-places.ts';
import { spoken, t, type Locale } from './managers.ts';

/** Where a text stands: "Question 2, option 1". A file for translators is written in one language for everybody. */
export const placeName = (spot: Spot, locale: Locale = spoken()): string => {
	const said = { locale };
	switch (spot.of) {
		case 'subject':
			return t.design_place_subject({}, said);
		case 'question':
			return t.design_place_question({}, said);
		case 'low-end':
			return t.design_place_low_end({}, said);
		case 'high-end':
			return t.design_place_high_end({}, said);
		case 'thanks':
			return t.design_place_thanks({}, said);
		case 'follow-up':
			return t.design_place_follow_up({ bucket: t.common_bucket(spot, said) }, said);
		case 'ending':
			return t.design_place_ending({ bucket: t.common_bucket(spot, said) }, said);
		case 'ending-button':
			return t.design_place_ending_button({ bucket: t.common_bucket(spot, said) }, said);
		case 'title':
			return t.design_place_title(spot, said);
		case 'description':
			return t.design_place_description(spot, said);
		case 'low-label':
			return t.design_place_low_label(spot, said);
		case 'high-label':
			return t.design_place_high_label(spot, said);
		case 'option':
			return t.design_place_option(spot, said);
		case 'row':
			return t.design_place_row(spot, said);
	}
};
