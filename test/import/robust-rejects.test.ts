import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../../src/warehouse/sql.ts';
import { csv, Home } from './home.ts';

const home = new Home();
beforeAll(() => home.open());
beforeEach(async () => {
  home.now = new Date('2026-07-01T00:00:00Z');
  await home.reset();
});
afterAll(() => home.end());

const header = 'event_time,behavior,id_user,keyword';
const facts = () => home.rows(sql`SELECT toString(day) AS day, behavior, keyword FROM events ORDER BY day, keyword`);

test('rejects are replayed as they are once the reason has gone, and those that stay rejects are listed anew', async () => {
  const taken = await home.bring(
    'events.csv',
    `${header}\n2026-07-09,pv,1,"two\nlines, ""quoted"""\nnever,pv,1,x\n2026-06-01,pv,1,y\n`,
  );
  expect([taken.accepted, taken.rejected]).toEqual([1, 2]);
  expect((await home.rejects()).map(({ file, line, column, reason }) => [file, line, column, reason])).toEqual([
    ['events.csv', 2, 'event_time', 'future'],
    ['events.csv', 4, 'event_time', 'time'],
  ]);
  home.now = new Date('2026-07-10T00:00:00Z');
  const replayed = await home.replay();
  expect(replayed.files).toMatchObject([
    { file: 'rejects of events.csv', entity: 'events', read: 2, accepted: 1, rejected: 1 },
  ]);
  expect(await facts()).toEqual([
    { day: '2026-06-01', behavior: 'item_view', keyword: 'y' },
    { day: '2026-07-09', behavior: 'item_view', keyword: 'two\nlines, "quoted"' },
  ]);
  expect((await home.rejects()).map(({ file, raw }) => [file, raw])).toEqual([
    ['rejects of events.csv', 'never,pv,1,x'],
  ]);
});

test('rejects that were mended in the list come in, one file or all, and the list is empty then', async () => {
  await home.bring('events.csv', `${header}\n2026-06-01,pv,1,a,b\nnever,pv,1,c\n`);
  await home.bring(
    'events.jsonl',
    '{"event_time":"never","behavior":"pv","id_user":"1","keyword":"d"}\n{"event_time":"2026-06-04","behavior":\n',
  );
  const list = await home.rejects();
  expect(list).toHaveLength(4);
  const mend = (raw: string) => {
    if (raw.startsWith('{"event_time":"2026')) return '{"event_time":"2026-06-04","behavior":"pv","id_user":"1"}';
    return raw.replace('a,b', 'a').replace('never', '2026-06-03');
  };
  const mended = csv(
    list.map(({ file_id, line, raw }) => ({ file_id: String(file_id), line: String(line), raw: mend(raw) })),
  );
  await expect(home.replay({ from: home.file('m.csv', 'line,raw\n1,x\n') })).rejects.toThrow(
    'needs the columns file_id, line and raw',
  );
  const replayed = await home.replay({ from: home.file('mended.csv', mended) });
  expect(replayed.files.map(({ read, accepted, rejected }) => [read, accepted, rejected])).toEqual([
    [2, 2, 0],
    [2, 2, 0],
  ]);
  expect(await home.rejects()).toEqual([]);
  expect((await facts()).map(({ day, keyword }) => [day, keyword])).toEqual([
    ['2026-06-01', 'a'],
    ['2026-06-03', 'c'],
    ['2026-06-03', 'd'],
    ['2026-06-04', ''],
  ]);
});

test('only the lines that the mended list names are replayed', async () => {
  const { import: number } = await home.bring('events.csv', `${header}\nnever,pv,1,a\nnever,pv,1,b\n`);
  const [first] = await home.rejects({ import: number });
  await home.replay({
    from: home.file('mended.csv', csv([{ file_id: String(first?.file_id), line: '2', raw: '2026-06-02,pv,1,a' }])),
  });
  expect([(await home.rejects()).map(({ raw }) => raw), await facts()]).toEqual([
    ['never,pv,1,b'],
    [{ day: '2026-06-02', behavior: 'item_view', keyword: 'a' }],
  ]);
});

test('equal rejects of two files, and of two lines, are as many rows', async () => {
  await home.bring('events-1.csv', `${header}\n2026-07-09,pv,1,a\n2026-07-09,pv,1,a\n`);
  await home.bring('events-2.csv', `${header}\n2026-07-09,pv,1,a\n2026-06-01,pv,2,b\n`);
  home.now = new Date('2026-07-10T00:00:00Z');
  const [first] = await home.rejects();
  await home.replay({
    from: home.file('m.csv', csv([{ file_id: String(first?.file_id), line: '2', raw: String(first?.raw) }])),
  });
  const { files } = await home.replay();
  expect(files.map(({ read, accepted }) => [read, accepted])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(await facts()).toHaveLength(4);
});

test('a replay taken back leaves neither its rows nor the rejects it was made of', async () => {
  await home.bring('events.csv', `${header}\nnever,pv,1,a\n2026-06-01,pv,1,b\n`);
  const [reject] = await home.rejects();
  const replay = await home.replay({
    from: home.file('m.csv', csv([{ file_id: String(reject?.file_id), line: '2', raw: '2026-06-02,pv,1,a' }])),
  });
  await home.undo(replay.import);
  expect([await facts(), await home.rejects()]).toEqual([
    [{ day: '2026-06-01', behavior: 'item_view', keyword: 'b' }],
    [],
  ]);
});

test('where a file is cut into batches, lines and raw texts of rejects are those of the file', async () => {
  const lines = Array.from({ length: 9000 }, (_, i) =>
    i % 1000 === 999 ? `never,pv,1,bad ${i}` : `2026-06-01,pv,u${i},"k ${'x'.repeat(600)}"`,
  );
  const jsonl = lines.map((line) => {
    const [event_time, behavior, id_user, keyword] = line.split(',');
    return JSON.stringify({ event_time, behavior, id_user, keyword });
  });
  const taken = await home.bring('events.jsonl', `${jsonl.join('\n')}\n`);
  expect([taken.read, taken.accepted, taken.rejected]).toEqual([9000, 8991, 9]);
  expect((await home.rejects()).map(({ line, raw }) => [line, JSON.parse(raw).keyword])).toEqual(
    Array.from({ length: 9 }, (_, i) => [(i + 1) * 1000, `bad ${i * 1000 + 999}`]),
  );
});
