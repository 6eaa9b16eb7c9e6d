import { expect, it } from 'vitest';
import { random } from '#lib/domain/sample/random.ts';
import { tellStory } from '#lib/domain/sample/story.ts';

const now = new Date('2026-11-21T12:00:00Z');

it('tells the same story on every machine', () => {
	expect(random(1).next()).toBeCloseTo(0.6270739405881613, 12);
	expect(tellStory(now)).toEqual(tellStory(new Date(now)));
});

it('asks only people who cannot exist, and nobody in the future', () => {
	const { people, surveys } = tellStory(now);
	for (const { email } of people) expect(email).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.com$/);
	expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
	for (const { askedAt, answer } of surveys.flatMap(({ questions }) => questions)) {
		expect(askedAt <= now).toBe(true);
		if (answer) expect(answer.answeredAt > askedAt && answer.answeredAt <= now).toBe(true);
	}
});

it('has comments in five languages, and people who did not answer', () => {
	const questions = tellStory(now).surveys.flatMap((survey) => survey.questions);
	const answers = questions.flatMap(({ answer }) => answer ?? []);
	expect(new Set(answers.filter(({ comment }) => comment).map(({ language }) => language))).toEqual(
		new Set(['en', 'si', 'hy', 'ml', 'ar']),
	);
	expect(answers.length / questions.length).toBeGreaterThan(0.2);
	expect(answers.length / questions.length).toBeLessThan(0.5);
});
