import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../entry.ts';
import { encode, recordsOf } from './record.ts';

const SALT = 0x12345678;

const entries: fc.Arbitrary<Entry[]> = fc.array(
  fc.record({
    source: fc.string({ unit: 'binary' }),
    protocol: fc.constantFrom('segment', 'ga4'),
    received: fc.nat(),
    head: fc.dictionary(fc.string(), fc.string({ unit: 'binary' })),
    body: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  }),
  { maxLength: 8 },
);

const bytesOf = (given: readonly Entry[]): Buffer => Buffer.concat(given.flatMap((each) => encode(each, SALT).parts));
const read = (bytes: Buffer, salt = SALT): Entry[] => [...recordsOf(bytes, salt)].flatMap(({ entry }) => entry ?? []);
const text = (entry: Entry): string => JSON.stringify({ ...entry, body: entry.body.toString('hex') });

test('what is written is read, whatever it is, and cannot be read with another salt', () => {
  fc.assert(
    fc.property(entries, (given) => {
      expect(read(bytesOf(given)).map(text)).toEqual(given.map(text));
      expect(read(bytesOf(given), SALT + 1)).toEqual([]);
    }),
    { seed: 3 },
  );
});

test('bytes that are spoilt, cut or put between cost the records they stand in, and make none', () => {
  const harm = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    put: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(entries, harm, (given, { at, length, put }) => {
      const whole = bytesOf(given);
      const from = Math.floor(at * whole.length);
      const to = from + length;
      const spoilt = Buffer.concat([whole.subarray(0, from), put, whole.subarray(to)]);
      let end = 0;
      const untouched = given.filter((each) => {
        const begin = end;
        end += encode(each, SALT).bytes;
        return end <= from || begin >= to;
      });
      const found = read(spoilt).map(text);
      const isPart = given.map(text).filter((each) => found.includes(each));
      expect(found.filter((each) => !given.map(text).includes(each))).toEqual([]);
      expect(isPart).toEqual(expect.arrayContaining(untouched.map(text)));
    }),
    { seed: 5, numRuns: 500 },
  );
});
