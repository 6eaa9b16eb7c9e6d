// The smallest client: sends one command at a time to a running database, for what this room needs without a driver.
import { connect as open, type Socket } from 'node:net';
import { type Doc, decode, encode } from './values.ts';
import { frames } from './wire.ts';

export type Client = {
	/** The answer to a command. Throws with the server's words when it is not ok. */
	command(command: Doc): Promise<Doc>;
	close(): void;
};

/** Where a URI of this server leads: a socket's path or a host and port. */
export function addressOf(uri: string): { path: string } | { host: string; port: number } {
	const host = decodeURIComponent(/^mongodb:\/\/([^/?]+)/.exec(uri)?.[1] ?? '');
	const tcp = /^([^/]+):(\d+)$/.exec(host);
	return tcp ? { host: tcp[1]!, port: Number(tcp[2]) } : { path: host };
}

export async function connect(uri: string): Promise<Client> {
	const socket = await new Promise<Socket>((resolve, reject) => {
		const opening = open(addressOf(uri), () => resolve(opening));
		opening.once('error', reject);
	});
	const take = frames();
	return {
		command: (command) =>
			new Promise((resolve, reject) => {
				const ended = () => reject(new Error('the database closed the connection'));
				const read = (chunk: Buffer) => {
					const [frame] = take(chunk);
					if (!frame) return;
					socket.off('data', read).off('close', ended);
					const answer = decode(frame.subarray(21));
					if (Number(answer['ok']) === 1) resolve(answer);
					else reject(new Error(String(answer['errmsg'])));
				};
				socket.on('data', read).once('close', ended).on('error', reject);
				socket.write(message(command));
			}),
		close: () => socket.destroy(),
	};
}

function message(command: Doc): Buffer {
	const body = encode(command);
	const head = Buffer.alloc(21);
	head.writeInt32LE(21 + body.length, 0);
	head.writeInt32LE(1, 4);
	head.writeInt32LE(2013, 12);
	return Buffer.concat([head, body]);
}
