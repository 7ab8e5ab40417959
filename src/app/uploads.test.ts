import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { freshHome, type Product } from '../../test/product.ts';
import { openUploads, type Uploads } from './uploads.ts';

const home = freshHome();
const room = { free: 100 * 1024 ** 3, total: 200 * 1024 ** 3 };
let product: Product;
let uploads: Uploads;
let space = room;
let clock = Date.parse('2026-07-15T00:00:00Z');

beforeAll(async () => {
  product = await home.product();
  uploads = openUploads(product, { now: () => new Date(clock), space: async () => space });
});
beforeEach(async () => {
  space = room;
  await product.installation.context.registry.rows('delete from upload');
  await product.installation.context.registry.rows('delete from job');
  await uploads.sweep();
});

const folder = () => join(product.installation.home.dir, 'uploads');
const create = (size: number, name = 'a.csv') => uploads.create({ name, size }, 'ling');

/** A piece that comes in these chunks, and then ends or breaks off. */
function piece(chunks: readonly string[], end: 'whole' | 'broken' = 'whole'): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const next = left.shift();
      if (next !== undefined) controller.enqueue(Buffer.from(next));
      else if (end === 'whole') controller.close();
      else controller.error(new Error('the caller has gone'));
    },
  });
}

test('pieces one after another make the file, and it is itself to an import', async () => {
  const { id, received } = await create(11, '../订单.csv');
  expect(received).toBe(0);
  expect((await uploads.write(id, 0, piece(['hel', 'lo ']))).received).toBe(6);
  await expect(uploads.files([id])).rejects.toMatchObject({ code: 'upload_incomplete' });
  expect(await uploads.write(id, 6, piece(['world']))).toMatchObject({ received: 11, name: '订单.csv' });
  const [file] = await uploads.files([id]);
  expect(readFileSync(file?.path ?? '', 'utf8')).toBe('hello world');
  expect(file).toMatchObject({ name: '订单.csv', place: `uploads/${id}/订单.csv` });
});

test('a piece that begins elsewhere is refused with the byte at which the upload goes on', async () => {
  const { id } = await create(10);
  await uploads.write(id, 0, piece(['hello']));
  for (const offset of [0, 3, 7])
    await expect(uploads.write(id, offset, piece(['x']))).rejects.toMatchObject({ code: 'upload_offset', received: 5 });
  expect((await uploads.get(id)).received).toBe(5);
});

test('of two pieces sent at the same offset at once, one is written and the other told where to go on', async () => {
  const { id } = await create(10);
  const both = await Promise.allSettled([
    uploads.write(id, 0, piece(['aaaaa'])),
    uploads.write(id, 0, piece(['bbbbb'])),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find((each) => each.status === 'rejected');
  expect(refused?.reason).toMatchObject({ code: 'upload_offset' });
  const { name, received } = await uploads.get(id);
  expect(received).toBe(5);
  expect(readFileSync(join(folder(), id, name), 'utf8')).toMatch(/^(aaaaa|bbbbb)$/);
});

test('a piece that runs beyond the announced size leaves nothing of itself', async () => {
  const { id } = await create(6);
  await uploads.write(id, 0, piece(['abc']));
  await expect(uploads.write(id, 3, piece(['de', 'fgh']))).rejects.toMatchObject({ code: 'upload_size' });
  expect((await uploads.write(id, 3, piece(['def']))).received).toBe(6);
});

test('what came of a piece before it broke off stays, and the upload goes on there', async () => {
  const { id } = await create(6);
  await expect(uploads.write(id, 0, piece(['abcd'], 'broken'))).rejects.toMatchObject({ code: 'upload_cut' });
  expect((await uploads.get(id)).received).toBe(4);
  expect((await uploads.write(id, 4, piece(['ef']))).received).toBe(6);
});

test('uploads outlive the process: another shelf over the same home goes on with them', async () => {
  const { id } = await create(4);
  await uploads.write(id, 0, piece(['ab']));
  const later = openUploads(product, { now: () => new Date(clock), space: async () => space });
  expect((await later.write(id, 2, piece(['cd']))).received).toBe(4);
});

test.each([
  ['less than 2 GB would stay', 20, 5, 3.5],
  ['less than 5 % would stay', 200, 12, 3],
  ['other uploads still need the room', 200, 15, 4],
])('a file is refused when %s', async (why, total, free, size) => {
  const GB = 1024 ** 3;
  space = { free: free * GB, total: total * GB };
  if (why.startsWith('other')) await create(3 * GB);
  await expect(create(size * GB)).rejects.toMatchObject({ code: 'disk_full', exitCode: 75 });
  expect((await create(GB)).size).toBe(GB);
});

test('after two days an upload goes, but not while a job waits for it; folders of nobody go', async () => {
  const old = await create(1);
  const needed = await create(1);
  await product.installation.context.registry.rows(
    `insert into job (kind, status, params) values ('import', 'queued', $1)`,
    [{ uploads: [needed.id] }],
  );
  clock += 3 * 86_400_000;
  mkdirSync(join(folder(), 'stray'));
  const fresh = await create(1);
  expect(readdirSync(folder()).sort()).toEqual([needed.id, fresh.id].sort());
  await expect(uploads.get(old.id)).rejects.toMatchObject({ code: 'upload' });
  await expect(uploads.remove(needed.id)).rejects.toMatchObject({ code: 'upload_in_use' });
  await uploads.remove(fresh.id);
  expect(existsSync(join(folder(), fresh.id))).toBe(false);
});

test('many files announced at once all have their folders', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => create(1)));
  expect(readdirSync(folder()).sort()).toEqual(made.map(({ id }) => id).sort());
});
