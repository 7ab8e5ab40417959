import { fsyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** What the WebAssembly program knows of an open file: its number on this machine. */
interface OpenFile {
  readonly nfd: number;
}

/** The part of the WebAssembly program that turns its file calls into Node's; of its own it has none for fsync. */
interface FileCalls {
  readonly NODEFS: { readonly stream_ops: { fsync?: (file: OpenFile) => number } };
}

const OK = 0;
/** Input or output failed, as WASI says it. */
const EIO = 29;

/** A data folder in which PostgreSQL's fsync is the disk's, so that after a power cut it finds what it relies on. */
export class SyncedFolder extends NodeFS {
  override async init(...[engine, given]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(engine, given);
    const first = (program: unknown) => {
      (program as FileCalls).NODEFS.stream_ops.fsync = synced; // as: PGlite's types leave NODEFS out
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [first, ...(emscriptenOpts.preRun ?? [])] } };
  }
}

function synced({ nfd }: OpenFile): number {
  try {
    fsyncSync(nfd);
    return OK;
  } catch {
    return EIO;
  }
}
