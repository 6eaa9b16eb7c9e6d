/** The strokes of each icon on a 16 × 16 grid. */
export const paths = {
	surveys: 'M3 3.5h10M3 8h6.5M3 12.5h4M11 10.5l1.5 1.5 2.5-3',
	people:
		'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c.3-2.4 2-4 4.5-4s4.2 1.6 4.5 4M10.5 2.8a2.5 2.5 0 0 1 0 4.4M12.2 9.9c1.3.6 2.1 1.9 2.3 3.6',
	sendings: 'M14 2 1.8 6.4l4.9 2.9L9.6 14 14 2ZM6.7 9.3 14 2',
	responses: 'M2 3.5h12v8H8l-3.5 2.7v-2.7H2v-8Z',
	team: 'M8 7.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.5 14c.3-2.7 2.4-4.4 5.5-4.4s5.2 1.7 5.5 4.4',
	settings:
		'M2 4.5h5.5M11.5 4.5H14M2 11.5h2.5M8.5 11.5H14M9.5 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM6.5 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
	mailbox: 'M2 3.5h12v9H2v-9ZM2 4.5l6 4.5 6-4.5',
	more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
	chevron: 'm6 3.5 4.5 4.5L6 12.5',
	updown: 'm5 6 3-3 3 3M5 10l3 3 3-3',
	check: 'm3 8.5 3.5 3.5L13 4.5',
	copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8v-8Z',
	close: 'm4 4 8 8M12 4l-8 8',
	plus: 'M8 3v10M3 8h10',
	download: 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
	upload: 'M8 10.5V3M4.5 6.5 8 3l3.5 3.5M2.5 13.5h11',
	search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.2 3.2',
	info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5V11M8 5.2v.01',
	warning: 'M8 2.2 1.6 13.3h12.8L8 2.2ZM8 6.5v3.2M8 11.5v.01',
	trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.7 7.2v3.6M9.3 7.2v3.6',
	external: 'M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4',
	signout: 'M6 2.5H2.5v11H6M10.5 4.5 14 8l-3.5 3.5M14 8H6',
};

export type IconName = keyof typeof paths;
