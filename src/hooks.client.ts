// A page speaks the language it was written in: the server has chosen it.
import type { ClientInit } from '@sveltejs/kit';
import { listenTo, type Locale } from '#lib/messages/managers.ts';

export const init: ClientInit = () => listenTo(() => document.documentElement.lang as Locale);
