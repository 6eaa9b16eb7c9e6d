// What the framed question tells the page around it. Nothing else crosses the border, and nothing goes the other way.

/** size: how tall it is now, in CSS px, and its title for screen readers. gone: there is nothing to ask, the place may close. */
export type FrameMessage = { heed: 'size'; height: number; title: string } | { heed: 'gone' };
