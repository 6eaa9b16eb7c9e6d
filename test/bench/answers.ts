// How many answers a second the built product takes from mail links: `node test/bench/answers.ts [seconds] [connections]`.
// Each is a form posted to a link of its own and acknowledged when it is durable; beside it, the same server's other work.
import { Agent, request } from 'node:http';
import { readFileSync } from 'node:fs';
import { ensureBuilt } from '../../src/build.ts';
import { ObjectId } from '#lib/server/db/rows/base.ts';
import { makeSurvey } from '#test/support/factories.ts';
import { furnish } from '../e2e/support/workspace.ts';

const seconds = Number(process.argv[2] ?? 10);
const connections = Number(process.argv[3] ?? 32);
await ensureBuilt((line) => console.log(line));
const shop = await furnish('Bench', { LOG_LEVEL: 'error' });
const surveyId = await makeSurvey(shop.ctx, shop.workspaceId);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const { port } = new URL(shop.product.address);

const ask = (method: string, path: string, body?: string): Promise<number> =>
	new Promise((done, fail) => {
		const type = body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' };
		const headers = { accept: 'text/html', ...type };
		const sent = request({ host: '127.0.0.1', port, method, path, agent, headers }, (answer) => {
			answer.resume();
			answer.on('end', () => done(answer.statusCode!));
		});
		sent.on('error', fail);
		sent.end(body);
	});

/** Invitations that were sent, ready to be answered. */
const invite = async (count: number): Promise<string[]> => {
	const sentAt = new Date(Date.now() - 3_600_000);
	const rows = Array.from({ length: count }, (_, n) => ({
		_id: new ObjectId(),
		workspaceId: new ObjectId(shop.workspaceId),
		sendingId: new ObjectId(),
		surveyId: new ObjectId(surveyId),
		version: 1,
		contactId: new ObjectId(),
		address: `p${n}@customers.lk`,
		name: '',
		language: 'en',
		properties: [{ key: 'plan', value: n % 3 ? 'free' : 'pro' }],
		isTest: false,
		status: 'sent',
		dueAt: sentAt,
		leaseId: null,
		attempts: 1,
		messageId: null,
		lastReply: null,
		sentAt,
		answeredAt: null,
		deletedAt: null,
		createdAt: sentAt,
	}));
	for (let from = 0; from < count; from += 2_000)
		await shop.ctx.db.models.invitations.collection.insertMany(rows.slice(from, from + 2_000) as never);
	return rows.map(({ _id }) => shop.link('answer', _id.toHexString()));
};

const resident = () => {
	const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
	const status = readFileSync(`/proc/${children[0]}/status`, 'utf8');
	return `${Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)} MB`;
};

const load = async (name: string, expected: number, act: (turn: number) => Promise<number> | null): Promise<number> => {
	const ms: number[] = [];
	const others = new Map<number, number>();
	const began = performance.now();
	let turn = 0;
	const client = async () => {
		while (performance.now() - began < seconds * 1000) {
			const at = performance.now();
			const pending = act(turn++);
			if (!pending) return;
			const status = await pending;
			ms.push(performance.now() - at);
			if (status !== expected) others.set(status, (others.get(status) ?? 0) + 1);
		}
	};
	await Promise.all(Array.from({ length: connections }, client));
	const rate = ms.length / ((performance.now() - began) / 1000);
	const sorted = ms.toSorted((a, b) => a - b);
	const at = (share: number) => `${sorted[Math.floor(sorted.length * share)]!.toFixed(0)} ms`;
	const odd = others.size ? `, OTHER STATUSES ${JSON.stringify([...others])}` : '';
	console.log(
		`${name.padEnd(34)}${Math.round(rate).toLocaleString('en').padStart(8)}/s   p50 ${at(0.5)}, p99 ${at(0.99)}, server ${resident()}${odd}`,
	);
	return rate;
};

console.log(`${connections} connections for ${seconds} s each`);
const links = await invite(seconds * 2_500);
await load('warming up', 200, () => ask('GET', '/healthz'));
const alive = await load('/healthz', 200, () => ask('GET', '/healthz'));
const shown = await load('the page shown', 200, (turn) => ask('GET', `${links[turn % links.length]}?score=9`));
const taken = await load('answers taken', 303, (turn) =>
	links[turn] ? ask('POST', links[turn], `score=${turn % 11}&comment=The+delivery+was+quick`) : null,
);
console.log(
	`answers to pages shown ${(taken / shown).toFixed(2)}, answers to /healthz ${(taken / alive).toFixed(2)}; ` +
		`${await shop.ctx.db.models.responses.countDocuments()} answers stored`,
);
agent.destroy();
await shop.stop();
