// What the sample customers write, by the end of the scale they are at, in the language they write in.
import type { Language } from '../survey/language.ts';
import type { Tone } from '../survey/metric.ts';

type Comments = Record<Tone, Partial<Record<Language, readonly string[]>>>;

/** After a purchase. */
export const purchaseComments: Comments = {
	high: {
		en: [
			'Lovely quality, and it arrived a day early.',
			'Third order this year. Never disappointed.',
			'The lamp is even nicer than in the photos.',
			'Easy to order, well packed, fair price.',
			'My sister already asked where I bought it.',
		],
		si: ['හොඳ තත්ත්වයේ භාණ්ඩයක්. ඉක්මනින් ලැබුණා.', 'ඇසුරුම ඉතා හොඳයි, ස්තූතියි!'],
		hy: ['Շատ գոհ եմ որակից, շնորհակալություն։', 'Արագ առաքում և գեղեցիկ փաթեթավորում։'],
		ml: ['നല്ല ഗുണനിലവാരം, പറഞ്ഞ ദിവസം തന്നെ കിട്ടി.', 'വളരെ ഇഷ്ടപ്പെട്ടു, ഇനിയും വാങ്ങും.'],
		ar: ['جودة ممتازة والتوصيل كان سريعًا.', 'المنتج أجمل من الصور، شكرًا لكم.'],
	},
	middle: {
		en: [
			'Good product. The box was larger than it needed to be.',
			'Fine, but a bit more expensive than elsewhere.',
			'Works as described. Assembly took longer than the leaflet says.',
		],
		si: ['භාණ්ඩය හොඳයි, මිල ටිකක් වැඩියි.'],
		hy: ['Լավն է, բայց մի փոքր թանկ։'],
		ml: ['കുഴപ്പമില്ല, വില അല്പം കൂടുതലാണ്.'],
		ar: ['جيد، لكن السعر مرتفع قليلًا.'],
	},
	low: {
		en: [
			'One handle was scratched when it arrived.',
			'The colour is not the one on the website.',
			'I had to ask twice for my invoice.',
			'It broke after two weeks.',
		],
		si: ['පාට වෙබ් අඩවියේ තිබුණු එක නොවේ.'],
		hy: ['Գույնը կայքում նշվածը չէ։'],
		ml: ['രണ്ടാഴ്ചയ്ക്കുള്ളിൽ കേടായി.'],
		ar: ['وصل المنتج وفيه خدش.'],
	},
};

/** In the month when parcels were late. */
export const lateComments: readonly { language: Language; text: string }[] = [
	{ language: 'en', text: 'Two weeks late, and nobody told me why.' },
	{ language: 'en', text: 'The parcel was late again. Tracking stood still for nine days.' },
	{ language: 'en', text: 'Delivery took 16 days instead of 3. The gift came after the birthday.' },
	{ language: 'en', text: 'Late, then left with a neighbour I do not know.' },
	{ language: 'si', text: 'පාර්සලය සති දෙකක් ප්‍රමාද වුණා.' },
	{ language: 'hy', text: 'Առաքումը երկու շաբաթ ուշացավ։' },
	{ language: 'ml', text: 'പാഴ്സൽ രണ്ടാഴ്ച വൈകി.' },
	{ language: 'ar', text: 'تأخر التوصيل أسبوعين بلا أي تفسير.' },
];

/** After a support conversation. */
export const supportComments: Comments = {
	high: {
		en: [
			'Solved in one call. Thank you!',
			'Patient and clear, and the refund came the same day.',
			'She understood the problem at once.',
		],
		si: ['එක ඇමතුමකින් ප්‍රශ්නය විසඳුණා.'],
		hy: ['Մեկ զանգով լուծեցին, շնորհակալություն։'],
		ml: ['ഒറ്റ വിളിയിൽ പ്രശ്നം പരിഹരിച്ചു.'],
		ar: ['حُلّت المشكلة في مكالمة واحدة.'],
	},
	middle: {
		en: ['Friendly, but I had to explain it twice.', 'In the end it worked.'],
		ar: ['الموظف لطيف لكن الرد تأخر.'],
	},
	low: {
		en: [
			'Waited 25 minutes, then the line dropped.',
			'I was sent from one colleague to the next.',
			'The answer had nothing to do with my question.',
		],
		ml: ['മറുപടി കിട്ടാൻ മൂന്ന് ദിവസം എടുത്തു.'],
		hy: ['Երեք օր սպասեցի պատասխանի։'],
	},
};

/** After picking an order up in a shop. */
export const shopComments: Comments = {
	high: {
		en: ['Ready when I came, and carried to my car.', 'Friendly people, no queue.'],
		si: ['සේවකයින් ඉතා කාරුණිකයි.'],
		ar: ['استقبال رائع ولا انتظار.'],
	},
	middle: { en: ['Fine. Parking is difficult.'], hy: ['Նորմալ է, բայց հերթ կար։'] },
	low: { en: ['My order was not there yet, though the mail said so.'], ml: ['ഓർഡർ തയ്യാറായിരുന്നില്ല.'] },
};
