import { expect, test } from 'vitest';
import { faultOf } from './faults.ts';

test.each([
  ['Memory limit exceeded', 241, 'query_memory'],
  ['Timeout exceeded', 159, 'query_timeout'],
  ['Cannot reserve 1.00 MiB', 243, 'disk_full'],
  ['Attempt to read after eof', 32, 'shard_unreachable'],
  ['Code: 279. DB::NetException: All connection tries failed.', undefined, 'shard_unreachable'],
  ['The server is shutting down due to a fatal error.', 236, 'warehouse_unreachable'],
  ['Code: 236. DB::Exception: Cancelled merging parts', undefined, undefined],
  ['Syntax error', 62, undefined],
])('%s (%s) is told as %s', (message, code, told) => {
  expect(faultOf(message, code, 'SELECT 1')).toEqual(
    told ? expect.objectContaining({ code: told }) : expect.not.objectContaining({ code: expect.anything() }),
  );
});
