// The listening socket and its connections. A connection's next request is taken up when its last one is answered.
import { createServer, type Server, type Socket } from 'node:net';
import type { Request } from './group.ts';
import { frames, parse, reply } from './wire.ts';

export type Connections = { server: Server; close(): Promise<void> };

/** Serves connections; every request goes to `submit`, which answers it once. */
export function serve(submit: (request: Request) => void): Connections {
	const sockets = new Set<Socket>();
	let count = 0;
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.setNoDelay(true);
		socket.on('close', () => sockets.delete(socket));
		// A client that goes away in mid-sentence is nothing to report.
		socket.on('error', () => socket.destroy());
		talk(socket, ++count, submit);
	});
	return {
		server,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}

function talk(socket: Socket, connectionId: number, submit: (request: Request) => void): void {
	const take = frames();
	const queue: Buffer[] = [];
	let isBusy = false;

	function next(): void {
		const frame = queue.shift();
		if (!frame || socket.destroyed) return;
		isBusy = true;
		const message = parse(frame);
		const answer = (body: Uint8Array) => {
			if (message.expectsReply && !socket.destroyed) socket.write(reply(message, body));
			isBusy = false;
			if (queue.length > 0) guarded(next);
		};
		submit({
			command: message.command,
			sequences: message.sequences,
			body: message.body,
			connectionId,
			answer,
			hangUp: () => socket.destroy(),
		});
	}

	/** Bytes that are not a message end the connection: there is no way to know where the next message starts. */
	function guarded(act: () => void): void {
		try {
			act();
		} catch {
			socket.destroy();
		}
	}

	socket.on('data', (chunk: Buffer) =>
		guarded(() => {
			queue.push(...take(chunk));
			if (!isBusy) next();
		}),
	);
}
