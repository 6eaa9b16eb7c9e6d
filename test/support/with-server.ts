// Runs a command with MONGODB_URI set to a database server in a process of its own, and stops that server afterwards.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './database-server.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'heed-server-'));
const server = await startServer(dataDir);
const [command, ...words] = process.argv.slice(2);
const child = spawn(command!, words, { stdio: 'inherit', env: { ...process.env, MONGODB_URI: server.uri } });
const [code] = (await once(child, 'exit')) as [number | null];
await server.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exitCode = code ?? 1;
