// Runs a command with MONGODB_URI set to a database server in a process of its own, and stops that server afterwards.
// With FAULTS set, the server has bad days; SEED chooses which, is one that stays on CI, and is printed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './database-server.ts';

process.env['SEED'] ??= process.env['CI'] ? '1' : String(Math.floor(Math.random() * 2 ** 31));
const repeat = `FAULTS=${process.env['FAULTS']} SEED=${process.env['SEED']}`;
if (process.env['FAULTS']) console.log(`A database server with faults: ${repeat}`);

// Memory, where there is a file system in it: what is on a disk after a crash is tested elsewhere.
const dataDir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'heed-server-'));
const server = await startServer(dataDir);
const [command, ...words] = process.argv.slice(2);
const child = spawn(command!, words, { stdio: 'inherit', env: { ...process.env, MONGODB_URI: server.uri } });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
const [code] = (await once(child, 'exit')) as [number | null];
await server.stop();
rmSync(dataDir, { recursive: true, force: true });
if (code !== 0 && process.env['FAULTS']) console.log(`To repeat: ${repeat} npm run unit:server`);
process.exitCode = code ?? 1;
