import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Loaded } from '../../collector/log/segment.ts';
import type { Words } from '../../collector/words.ts';
import type { Translated } from './translation.ts';

/** Milliseconds without work after which the thread ends: it holds memory. */
const IDLE_MS = 60_000;

const isSource = import.meta.url.endsWith('.ts');

/** The thread that makes rows of the log; begun when it is first needed, and again when it has ended. One run at a time. */
export class Translator {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  async translate(segments: readonly Loaded[], words: Words): Promise<Translated> {
    clearTimeout(this.#idle);
    this.#worker ??= this.#begin();
    const worker = this.#worker;
    const ended = new AbortController();
    try {
      worker.postMessage({ segments, words });
      const [told] = await Promise.race([
        once(worker, 'message', { signal: ended.signal }),
        once(worker, 'exit', { signal: ended.signal }).then(() => {
          throw new Error('the thread that reads live events has ended');
        }),
      ]);
      return told as Translated; // as: translation.ts answers nothing else
    } finally {
      ended.abort();
      this.#idle = setTimeout(() => void this.close(), IDLE_MS);
      this.#idle.unref();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #begin(): Worker {
    const worker = isSource ? fromSource() : new Worker(new URL('./translation.js', import.meta.url), { name: 'live' });
    worker.unref();
    const gone = () => {
      if (this.#worker === worker) this.#worker = undefined;
    };
    worker.on('exit', gone);
    worker.on('error', gone);
    return worker;
  }
}

/** Note: on Node 20 `--import tsx` turns no TypeScript in a thread, so the thread begins by asking for it. */
function fromSource(): Worker {
  const file = JSON.stringify(new URL('./translation.ts', import.meta.url).href);
  const begin = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); })`;
  return new Worker(begin, { eval: true, execArgv: [], name: 'live' });
}
