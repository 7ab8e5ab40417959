import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Upload } from '../api/data.ts';
import { ConflictError, InputError, NotFoundError } from '../base/errors.ts';
import { say } from '../base/faults/say.ts';
import type { Registry } from '../registry/registry.ts';
import { requireRoom, type Space, spaceOf } from './diskGuard.ts';
import type { NamedFile } from './importing.ts';
import type { Product } from './product.ts';
import { safeName } from './uploadName.ts';

const KEPT_MS = 2 * 86_400_000;

/** A piece that does not begin where the upload ends. */
export class UploadOffsetError extends ConflictError {
  /** Where the next piece must begin. */
  readonly received: number;

  constructor(received: number) {
    super('upload_offset', `The upload goes on at byte ${received}: send the piece that begins there.`);
    this.received = received;
  }
}

/** Files on their way into a home, each in a folder of its own; they outlive the process. */
export interface Uploads {
  create(file: { readonly name: string; readonly size: number }, by: string): Promise<Upload>;
  get(id: string): Promise<Upload>;
  /** Writes a piece that begins at `offset`; what came before it broke off stays. */
  write(id: string, offset: number, piece: ReadableStream<Uint8Array> | null): Promise<Upload>;
  /** Forgets an upload; refused while a job needs it. */
  remove(id: string): Promise<void>;
  /** Whole uploads as files to import, in the order asked for. */
  files(ids: readonly string[]): Promise<NamedFile[]>;
  /** Forgets uploads whose import is done. */
  release(ids: readonly string[]): Promise<void>;
  /** Forgets uploads of more than two days that no job needs, and folders that belong to none. */
  sweep(): Promise<void>;
}

export interface UploadsOptions {
  readonly now: () => Date;
  /** Space of the home's disk; asked of the system when absent. */
  space?(dir: string): Promise<Space>;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly created_at: string;
}

/** The uploads of a home; what is left of old ones goes when its jobs are opened, and with each new one. */
export function openUploads({ installation }: Product, options: UploadsOptions): Uploads {
  const dir = join(installation.home.dir, 'uploads');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return new Shelf(dir, installation, options);
}

class Shelf implements Uploads {
  readonly #dir: string;
  readonly #registry: Registry;
  /** The home whose disk the uploads lie on. */
  readonly #server: string;
  readonly #options: UploadsOptions;
  /** Uploads a piece is being written to. */
  readonly #busy = new Set<string>();

  constructor(dir: string, { context, home }: Product['installation'], options: UploadsOptions) {
    this.#dir = dir;
    this.#registry = context.registry;
    this.#server = home.server;
    this.#options = options;
  }

  async create(file: { readonly name: string; readonly size: number }, by: string): Promise<Upload> {
    await this.sweep();
    await this.#requireRoom((await this.#expected()) + file.size);
    const id = randomBytes(16).toString('hex');
    const name = safeName(file.name);
    const now = this.#options.now().toISOString();
    await this.#registry.rows(
      'insert into upload (id, name, size, created_at, created_by, host) values ($1, $2, $3, $4, $5, $6)',
      [id, name, file.size, now, by, this.#server],
    );
    await mkdir(join(this.#dir, id), { mode: 0o700 });
    await (await open(join(this.#dir, id, name), 'wx', 0o600)).close();
    return this.get(id);
  }

  async get(id: string): Promise<Upload> {
    return this.#shown(await this.#row(id));
  }

  async write(id: string, offset: number, piece: ReadableStream<Uint8Array> | null): Promise<Upload> {
    const row = await this.#row(id);
    if (this.#busy.has(id)) throw new UploadOffsetError(await this.#received(row));
    this.#busy.add(id);
    try {
      const received = await this.#received(row);
      if (offset !== received) throw new UploadOffsetError(received);
      await this.#requireRoom(0);
      await writePiece(this.#pathOf(row), offset, row.size, piece);
      return await this.#shown(row);
    } finally {
      this.#busy.delete(id);
    }
  }

  async remove(id: string): Promise<void> {
    const row = await this.#row(id);
    const needed = await this.#registry.rows(
      `select id from job where status in ('queued', 'running') and params->'uploads' @> to_jsonb($1::text)`,
      [id],
    );
    if (needed.length > 0 || this.#busy.has(id))
      throw new ConflictError(
        'upload_in_use',
        say(needed.length > 0 ? 'upload.importing' : 'upload.sending', { file: row.name }),
      );
    await this.release([id]);
  }

  async files(ids: readonly string[]): Promise<NamedFile[]> {
    const files: NamedFile[] = [];
    for (const id of new Set(ids)) {
      const row = await this.#row(id);
      const received = await this.#received(row);
      if (received < row.size)
        throw new ConflictError(
          'upload_incomplete',
          say('upload.incomplete', { file: row.name, received, size: row.size }),
        );
      files.push({ path: this.#pathOf(row), name: row.name, place: `uploads/${id}/${row.name}` });
    }
    return files;
  }

  async release(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const rows = await this.#registry.rows<Row>('delete from upload where id = $1 returning *', [id]);
      if (rows.length > 0) await rm(join(this.#dir, id), { recursive: true, force: true });
    }
  }

  async sweep(): Promise<void> {
    // Note: folders are listed before rows, for a new upload has its row before its folder.
    const folders = await readdir(this.#dir);
    const before = new Date(this.#options.now().getTime() - KEPT_MS).toISOString();
    const old = await this.#registry.rows<Row>(
      `select u.* from upload u where u.created_at < $1 and not exists (select 1 from job j
        where j.status in ('queued', 'running') and j.params->'uploads' @> to_jsonb(u.id))`,
      [before],
    );
    await this.release(old.map(({ id }) => id).filter((id) => !this.#busy.has(id)));
    const known = new Set((await this.#registry.rows<Row>('select * from upload')).map(({ id }) => id));
    for (const stray of folders)
      if (!known.has(stray)) await rm(join(this.#dir, stray), { recursive: true, force: true });
  }

  async #row(id: string): Promise<Row> {
    const [row] = await this.#registry.rows<Row>('select * from upload where id = $1', [id]);
    if (!row) throw new NotFoundError('upload', 'There is no such upload; it may have been imported or swept already.');
    return row;
  }

  /** Note: the registry's own id and safe name, never what a caller wrote. */
  #pathOf({ id, name }: Row): string {
    return join(this.#dir, id, name);
  }

  async #received(row: Row): Promise<number> {
    const found = await stat(this.#pathOf(row)).catch(() => undefined);
    if (!found) throw new NotFoundError('upload', say('upload.gone', { file: row.name }));
    return found.size;
  }

  async #shown(row: Row): Promise<Upload> {
    const { id, name, size, created_at: createdAt } = row;
    return { id, name, size, received: await this.#received(row), createdAt };
  }

  /** Bytes of other uploads that are still to come. */
  async #expected(): Promise<number> {
    let bytes = 0;
    const own = 'select * from upload where host is null or host = $1';
    for (const row of await this.#registry.rows<Row>(own, [this.#server]))
      bytes += row.size - (await this.#received(row).catch(() => row.size));
    return bytes;
  }

  async #requireRoom(bytes: number): Promise<void> {
    requireRoom(await (this.#options.space ?? spaceOf)(this.#dir), bytes);
  }
}

/** Puts a piece at the end of a file, chunk by chunk; one that runs beyond `size` leaves nothing of itself. */
async function writePiece(
  path: string,
  offset: number,
  size: number,
  piece: ReadableStream<Uint8Array> | null,
): Promise<void> {
  const file = await open(path, 'r+');
  try {
    let at = offset;
    for await (const chunk of chunksOf(piece)) {
      if (at + chunk.length > size) {
        await file.truncate(offset);
        throw new InputError('upload_size', say('upload.size', { size }));
      }
      await writeAll(file, chunk, at);
      at += chunk.length;
    }
    if (at === size) await file.sync();
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, at + done);
    done += bytesWritten;
  }
}

async function* chunksOf(piece: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!piece) return;
  const reader = piece.getReader();
  try {
    for (;;) {
      const next = await reader.read().catch((cause: unknown) => {
        throw new InputError('upload_cut', 'The piece broke off; ask how many bytes have come and go on there.', {
          cause,
        });
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
