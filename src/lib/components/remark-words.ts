// What the builder says about how a survey could be better.
import type { Advice } from '#lib/domain/survey/brand.ts';
import type { Remark } from '#lib/domain/survey/quality.ts';
import { languageText } from '#lib/messages/language-names.ts';
import { spoken, t } from '#lib/messages/managers.ts';

const contrastText = ({ field, shades, ratio, needed, offer }: Advice): string => {
	const inputs = {
		shades: shades.length > 1 ? ('both' as const) : shades[0]!,
		ratio: new Intl.NumberFormat(spoken(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ratio),
		needed: new Intl.NumberFormat(spoken()).format(needed),
	};
	const text = field === 'colour' ? t.design_remark_weak_colour(inputs) : t.design_remark_weak_text(inputs);
	return offer ? `${text} ${t.design_remark_offer({ offer })}` : text;
};

/** "6 questions after the score are many. Each one more is a reason to stop." */
export const remarkText = (remark: Remark): string => {
	switch (remark.kind) {
		case 'length':
			return t.design_remark_length(remark);
		case 'scale':
			return t.design_remark_scale();
		case 'required':
			return t.design_remark_required();
		case 'personal': {
			const { slot } = remark;
			return t.design_remark_personal({ slot: `{${slot}}`, better: `{${slot}|${t.design_remark_fallback()}}` });
		}
		case 'braces':
			return t.design_remark_braces({ text: remark.text, example: '{first name}' });
		case 'translation':
			return t.design_remark_translation({
				n: remark.missing,
				language: languageText(remark.language),
				base: languageText(remark.base),
			});
		case 'outdated':
			return t.design_remark_outdated({
				n: remark.texts,
				language: languageText(remark.language),
				base: languageText(remark.base),
			});
		case 'contrast':
			return contrastText(remark.advice);
		case 'wording':
			return remark.trap === 'two-in-one' ? t.design_remark_two_in_one(remark) : t.design_remark_leading(remark);
	}
};
