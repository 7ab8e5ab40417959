import type { Upload } from '../../../../src/api/data.ts';
import { ApiError } from '../../../data/apiError.ts';
import { call } from '../../../data/client.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { sendFile } from './sendFile.ts';

/** How a file is to be read: recognised by itself, as a preset, or by a mapping. */
export interface Plan {
  readonly preset?: string;
  readonly mapping?: Mapping;
  /** Name under which the mapping is saved. */
  readonly savedAs?: string;
}

/** A file of the list: on its way, there, or left in the middle. */
export interface Sending {
  /** Of this page; the server's number of the upload is `upload`. */
  readonly key: string;
  readonly upload: string | undefined;
  readonly name: string;
  readonly size: number;
  readonly received: number;
  readonly phase: 'waiting' | 'sending' | 'lost' | 'sent' | 'partial' | 'failed';
  readonly error?: unknown;
  readonly plan: Plan;
}

type Listener = () => void;

/** The files of the import page; they go on being sent while another page is open. */
class UploadBook {
  #list: readonly Sending[] = [];
  readonly #files = new Map<string, File>();
  readonly #stops = new Map<string, AbortController>();
  readonly #listeners = new Set<Listener>();
  #isBusy = false;
  #count = 0;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly list = (): readonly Sending[] => this.#list;

  /** Adds files; one that was left in the middle goes on, one that is there already stays. */
  add(files: readonly File[]): string | undefined {
    const keys = files.map((file) => this.#addOne(file));
    void this.#next();
    return keys[0];
  }

  #addOne(file: File): string {
    const known = this.#list.find(({ name, size }) => name === file.name && size === file.size);
    if (known) {
      if (known.phase === 'partial' || known.phase === 'failed') {
        this.#files.set(known.key, file);
        this.#change(known.key, { phase: 'waiting', error: undefined });
      }
      return known.key;
    }
    this.#count += 1;
    const key = `file-${this.#count}`;
    this.#files.set(key, file);
    const { name, size } = file;
    this.#set([...this.#list, { key, upload: undefined, name, size, received: 0, phase: 'waiting', plan: {} }]);
    return key;
  }

  /** Uploads of an earlier look at the page, by the numbers that its address holds. */
  async recall(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => /^[0-9a-f]{32}$/.test(id) && !this.#list.some(({ upload }) => upload === id));
    for (const id of missing) {
      const found = await call<Upload>(`/api/uploads/${id}`).catch(() => undefined);
      if (!found || this.#list.some(({ upload }) => upload === id)) continue;
      const { name, size, received } = found;
      const phase = received === size ? 'sent' : 'partial';
      this.#set([...this.#list, { key: id, upload: id, name, size, received, phase, plan: {} }]);
    }
  }

  plan(key: string, plan: Plan): void {
    this.#change(key, { plan });
  }

  again(key: string): void {
    this.#change(key, { phase: 'waiting', error: undefined });
    void this.#next();
  }

  /** Takes a file off the list and off the server. */
  remove(key: string): void {
    const gone = this.#list.find((each) => each.key === key);
    this.forget([key]);
    if (gone?.upload) void call(`/api/uploads/${gone.upload}`, { method: 'DELETE' }).catch(() => undefined);
  }

  /** Takes files off the list that an import has taken over. */
  forget(keys: readonly string[]): void {
    for (const key of keys) {
      this.#stops.get(key)?.abort();
      this.#stops.delete(key);
      this.#files.delete(key);
    }
    this.#set(this.#list.filter(({ key }) => !keys.includes(key)));
  }

  async #next(): Promise<void> {
    if (this.#isBusy) return;
    const next = this.#list.find(({ phase }) => phase === 'waiting');
    if (!next) return;
    this.#isBusy = true;
    try {
      await this.#send(next);
      this.#change(next.key, { phase: 'sent' });
    } catch (error) {
      this.#change(next.key, { phase: 'failed', error });
    } finally {
      this.#isBusy = false;
      void this.#next();
    }
  }

  async #send({ key, name, size, upload }: Sending): Promise<void> {
    const file = this.#files.get(key);
    if (!file) throw new ApiError(0, 'gone', name);
    const stop = new AbortController();
    this.#stops.set(key, stop);
    const { signal } = stop;
    const body = { name, size };
    const known =
      upload === undefined
        ? await call<Upload>('/api/uploads', { method: 'POST', body, signal })
        : await call<Upload>(`/api/uploads/${upload}`, { signal });
    this.#change(key, { upload: known.id, received: known.received, phase: 'sending' });
    await sendFile(file, known, {
      signal,
      progress: (received) => this.#change(key, { received, phase: 'sending' }),
      lost: () => this.#change(key, { phase: 'lost' }),
      wait: pauseOf,
    });
  }

  #change(key: string, change: Partial<Sending>): void {
    this.#set(this.#list.map((each) => (each.key === key ? { ...each, ...change } : each)));
  }

  #set(list: readonly Sending[]): void {
    this.#list = list;
    for (const listener of this.#listeners) listener();
  }
}

function pauseOf(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      window.clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

export const uploads = new UploadBook();
