// The first module of each thread. Plain JavaScript, so that it can turn on the cache of compiled code before any TypeScript
// is read: without it every thread loads the compiler, which takes longer and more memory than the database itself.
import { enableCompileCache } from 'node:module';
import { workerData } from 'node:worker_threads';

const { module, cacheDir } = /** @type {{ module: string, cacheDir: string }} */ (workerData);
enableCompileCache(cacheDir);
await import(module);
