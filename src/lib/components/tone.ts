/** What a message or a state says; each has its own colours in app.css. Never shown by colour alone. */
export type MessageTone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';
