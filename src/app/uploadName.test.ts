import { expect, test } from 'vitest';
import { safeName } from './uploadName.ts';

const long = '名'.repeat(100);

test.each([
  ['orders.csv', 'orders.csv'],
  ['淘宝 订单（6月）.xlsx', '淘宝 订单（6月）.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\windows\\system32\\x.csv', 'x.csv'],
  ['/', 'file'],
  ['..', 'file'],
  ['', 'file'],
  ['...', 'file'],
  ['a\u0000b\r\nSet-Cookie: x=1.csv', 'abSet-Cookie: x=1.csv'],
  ['orders\u202egnp.csv', 'ordersgnp.csv'],
  ['\ud800.csv', '.csv'],
  ['<img src=x onerror=alert(1)>.csv', '<img src=x onerror=alert(1)>.csv'],
  ["'; DROP TABLE events; --.csv", "'; DROP TABLE events; --.csv"],
  [`${long}.csv.gz`, `${'名'.repeat(82)}.csv.gz`],
])('the crafted or plain name %j becomes %j', (given, name) => {
  expect(safeName(given)).toBe(name);
  expect(Buffer.byteLength(safeName(given))).toBeLessThanOrEqual(255);
});
