import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csv, Home } from './home.ts';

const home = new Home();
afterAll(() => home.end());

/** Values that must lie nowhere in a home, in no form that can be looked up without its key. */
const secrets = {
  phone: '13912345678',
  email: 'Wang.Xiaoming@example.cn',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  device: 'A1B2C3D4-0000-4444-8888-ABCDEF987654',
};
const unmappedPhone = '13898765432';
const rejectedPhone = '13755556666';

beforeAll(async () => {
  await home.open();
  const row = { event_time: '2026-05-01 10:00:00', behavior: 'cart' };
  const identified = {
    id_phone: `+86 ${secrets.phone}`,
    id_email: secrets.email,
    id_openid: secrets.openid,
    id_device: secrets.device,
  };
  await home.bring(
    'events.csv',
    csv([
      { ...row, ...identified },
      { ...row, event_time: 'never', id_phone: rejectedPhone },
    ]),
  );
  await home.bring(
    'orders.csv',
    csv([{ order_id: '1', order_time: '2026-05-02', amount: '9.90', id_user: 'u1', id_phone: secrets.phone }]),
  );
  await home.bring(
    'members.jsonl',
    `${JSON.stringify({ join_time: '2026-05-01', id_user: 'u1', id_idcard: unmappedPhone })}\n`,
  );
  await home.close();
});

function everyFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile());
}

const looked = [...Object.values(secrets), secrets.email.toLowerCase(), unmappedPhone, rejectedPhone];

/** A text as it is, and its unsalted digests as bytes and as hex. */
function formsOf(text: string): Buffer[] {
  const digests = ['md5', 'sha256'].map((kind) => createHash(kind).update(text).digest());
  return [Buffer.from(text), ...digests, ...digests.map((each) => Buffer.from(each.toString('hex')))];
}

test('no raw personal value, nor an unsalted digest of one, lies in any file of the home', () => {
  const found = everyFile(home.dir).filter((path) => {
    const bytes = readFileSync(path);
    return looked.some((text) => formsOf(text).some((form) => bytes.includes(form)));
  });
  expect(found).toEqual([]);
});

test('the same person is found again by its raw values, and its linking rows are shown', async () => {
  await home.open();
  const shown = await home.consumer(secrets.phone);
  expect(shown.identifiers.map((each) => each.type)).toEqual(['device', 'email', 'idcard', 'openid', 'phone', 'user']);
  expect(shown.identifiers.filter((each) => each.personal).map((each) => each.value)).toEqual(
    Array.from({ length: 5 }, () => expect.stringMatching(/^[0-9a-f]{32}$/)),
  );
  expect(shown.links.map((each) => `${each.file}:${each.line}`)).toContain('orders.csv:2');
  expect((await home.rejects())[0]?.raw).toContain(rejectedPhone);
});
