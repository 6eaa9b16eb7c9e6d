// The survey that is being built, as the page holds it: every edit at once, undone at will, saved behind one's back.
import { createContext, untrack } from 'svelte';
import { textAt, setText, type Taken, type TextPath } from '#lib/domain/survey/edits.ts';
import type { Definition } from '#lib/domain/survey/definition.ts';
import type { Draft } from '#lib/domain/survey/draft.ts';
import type { Language } from '#lib/domain/survey/language.ts';
import { check } from '#lib/domain/survey/paths.ts';
import type { Survey } from '#lib/domain/survey/survey.ts';
import * as history from '#lib/domain/survey/undo.ts';
import { unworded } from '#lib/domain/survey/unworded.ts';
import { t } from '#lib/messages/managers.ts';
import { standardTexts } from '#lib/messages/standard.ts';
import { draftSaver, type Theirs } from './draft-saver.svelte.ts';
import * as rescue from './rescue.ts';
import { stepAt } from './steps.ts';

type Options = {
	survey: Survey;
	/** What a refused form held; the survey's own where none was. */
	typed: Draft;
	taken: Taken;
	company: string;
	/** Where it is edited. */
	address: string;
	/** What a refused form said about its fields. */
	fields: () => Record<string, string>;
	/** What is newest on the server where this was refused for it. */
	theirs: () => Other | undefined;
};

/** What is newest on the server, and whose it is as far as that is known. */
export type Other = Draft & Partial<Pick<Theirs, 'by' | 'isMine'>>;
export type Builder = ReturnType<typeof makeBuilder>;
export const [useBuilder, provideBuilder] = createContext<Builder>();

export function makeBuilder(options: Options) {
	const { survey, taken, company, address } = options;
	let steps = $state.raw(history.begin<Draft>(options.typed));
	let isMounted = $state(false);
	let said = $state('');
	let properties = $state.raw<readonly string[]>();

	const definition = $derived(steps.present.draft);
	const standard = $derived(standardTexts(definition, definition.language, company));
	const findings = $derived([...check(definition), ...unworded(definition, standard)]);
	const saver = draftSaver({
		address: `${address}/draft`,
		revision: survey.draftRevision,
		current: () => steps.present,
		onsaved: (revision, hasMore) => {
			if (hasMore) keep(revision);
			else rescue.forget(survey.id);
		},
	});
	const fields = $derived(isMounted ? saver.fields : options.fields());
	const faulty = $derived(Object.keys(fields).map((place) => stepAt(definition, place)));
	const theirs: Other | undefined = $derived(isMounted ? saver.theirs : options.theirs());

	const keep = (draftRevision: number) =>
		rescue.keep(survey.id, { ...steps.present, draftRevision, sent: saver.unheard });

	function to(next: typeof steps) {
		if (next.present === steps.present) return;
		steps = next;
		keep(saver.revision);
		saver.edited();
	}
	const go = (next: Draft, key: string) => to(history.push(steps, next, key, Date.now()));

	return {
		survey,
		taken,
		company,
		saver,
		get isMounted() {
			return isMounted;
		},
		mount() {
			isMounted = true;
		},
		get definition() {
			return definition;
		},
		get name() {
			return steps.present.name;
		},
		get draft() {
			return steps.present;
		},
		get standard() {
			return standard;
		},
		get findings() {
			return findings;
		},
		get theirs() {
			return theirs;
		},
		/** What a screen reader is told of the last step. */
		get said() {
			return said;
		},
		say(words: string) {
			said = words;
		},
		/** What is known of people here, once it was asked for. */
		get properties() {
			return properties ?? [];
		},
		async askForProperties() {
			if (properties) return;
			properties = [];
			const response = await fetch(`${address}/properties`).catch(() => null);
			properties = response?.ok ? ((await response.json()) as string[]) : undefined;
		},
		/** What is wrong at a place, such as draft.questions.0.options, or below it. */
		problemAt(place: string): string | undefined {
			return fields[place] ?? Object.entries(fields).find(([name]) => name.startsWith(`${place}.`))?.[1];
		},
		get fields() {
			return fields;
		},
		/** The steps where something was refused. */
		get faulty() {
			return faulty;
		},
		/** Edits with the same key in one go are one step back. */
		edit(next: Definition, key = '') {
			go({ ...steps.present, draft: next }, key);
		},
		rename(name: string) {
			go({ ...steps.present, name }, 'name');
		},
		text: (path: TextPath, language: Language = definition.language) => textAt(definition, language, path),
		setText(path: TextPath, value: string, language: Language = definition.language) {
			go({ ...steps.present, draft: setText(definition, language, path, value) }, [language, ...path].join('.'));
		},
		get canUndo() {
			return steps.past.length > 0;
		},
		get canRedo() {
			return steps.future.length > 0;
		},
		undo() {
			if (!steps.past.length) return;
			to(history.undo(steps));
			said = t.builder_undone();
		},
		redo() {
			if (!steps.future.length) return;
			to(history.redo(steps));
			said = t.builder_redone();
		},
		/** Mine goes over theirs, which undo brings back. */
		async keepMine() {
			const seen = saver.theirs;
			if (!seen) return;
			const mine = steps.present;
			steps = history.push(history.push(steps, bare(seen), '', Date.now()), mine, '', Date.now());
			await saver.goOver();
		},
		/** Theirs is taken, and undo brings mine back. */
		async takeTheirs() {
			const seen = saver.theirs;
			if (!seen) return;
			steps = history.push(steps, bare(seen), '', Date.now());
			await saver.goOver();
		},
		/**
		 * The survey as it was loaded anew. What was saved elsewhere meanwhile is what one goes on from, unless there is
		 * something unsaved here: that is compared when it is saved. Returns whether something else is shown now.
		 */
		see({ name, draft, draftRevision }: Survey): boolean {
			if (saver.state !== 'saved' || draftRevision <= saver.revision) return false;
			saver.goOnFrom(draftRevision);
			if (JSON.stringify([name, draft]) === JSON.stringify([steps.present.name, steps.present.draft])) return false;
			steps = history.push(steps, { name, draft }, '', Date.now());
			return true;
		},
		/** Edits that a closed page left behind; what was saved meanwhile is shown beside them. */
		restore(left: rescue.Left) {
			untrack(() => saver.restart(left.draftRevision, left.sent));
			go({ name: left.name, draft: left.draft }, '');
		},
	};
}

const bare = ({ name, draft }: Theirs): Draft => ({ name, draft });
