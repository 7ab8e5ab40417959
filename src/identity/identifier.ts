import { type Fragment, sql } from '../warehouse/sql.ts';
import { blockedRepeat, blockedValues, type IdentifierType } from './types.ts';

/** The value as it is compared: what is written differently but means the same becomes the same. */
export function normalised(raw: Fragment, type: IdentifierType): Fragment {
  if (type.normalise === 'email') return sql`lowerUTF8(trimBoth(${raw}))`;
  if (type.normalise === 'phone') return phone(raw);
  return sql`trimBoth(${raw})`;
}

/** Digits only, without 86 or 0086 before eleven digits; what has no digit is empty, and so names nobody. */
function phone(raw: Fragment): Fragment {
  const digits = sql`replaceRegexpAll(${raw}, '[^0-9]', '')`;
  return sql`multiIf(
    length(${digits}) = 13 AND startsWith(${digits}, '86'), substring(${digits}, 3),
    length(${digits}) = 15 AND startsWith(${digits}, '0086'), substring(${digits}, 5), ${digits})`;
}

/** True for values that name nobody: contract §4. */
export function blocked(value: Fragment): Fragment {
  return sql`(lower(${value}) IN ${[...blockedValues]}
    OR (lengthUTF8(${value}) >= ${blockedRepeat} AND replaceAll(${value}, substringUTF8(${value}, 1, 1), '') = ''))`;
}

/** What an identifier is hashed from, so that equal values of two types, or of two sources, stay apart. */
export interface IdentifierPlace {
  readonly name: string;
  readonly type: IdentifierType;
  readonly source: string;
}

export function scopeOf({ type, source }: IdentifierPlace): string {
  return type.everywhere ? '' : source;
}

/** The 64-bit number of an identifier: keyed where the value is personal, so that it cannot be guessed from outside. */
export function ident(value: Fragment, place: IdentifierPlace, key: string): Fragment {
  const prefix = `${place.name}\u001f${scopeOf(place)}\u001f`;
  return place.type.personal
    ? sql`reinterpretAsUInt64(substring(${keyed(value, place, key)}, 1, 8))`
    : sql`sipHash64(concat(${prefix}, ${value}))`;
}

/**
 * HMAC-SHA-256 of a personal value under the home's key, 32 bytes. Note: written out by RFC 2104, because the engine's own
 * HMAC function takes five times as long a row as the two hashes it is made of.
 */
export function keyed(value: Fragment, place: IdentifierPlace, key: string): Fragment {
  const prefix = `${place.name}\u001f${scopeOf(place)}\u001f`;
  const inner = sql`SHA256(concat(unhex(${padded(key, 0x36)}), ${prefix}, ${value}))`;
  return sql`SHA256(concat(unhex(${padded(key, 0x5c)}), ${inner}))`;
}

const BLOCK_BYTES = 64;

/** The key filled up to a block of SHA-256 and combined with one byte throughout; hex in and out. */
function padded(key: string, byte: number): string {
  const block = Buffer.alloc(BLOCK_BYTES);
  Buffer.from(key, 'hex').copy(block);
  return Buffer.from(block.map((each) => each ^ byte)).toString('hex');
}

/** What is kept to show: the value itself, or the first half of its keyed hash where it is personal. */
export function shown(value: Fragment, place: IdentifierPlace, key: string): Fragment {
  return place.type.personal ? sql`lower(hex(substring(${keyed(value, place, key)}, 1, 16)))` : value;
}

/**
 * MD5 (16 bytes) and SHA-256 (32) of the normalised value under AES-256-GCM; the nonce comes from the value's own keyed
 * hash, so one nonce never meets two values.
 */
export function sealedDigests(
  value: Fragment,
  place: IdentifierPlace,
  keys: { identifier: string; digest: string },
): Fragment {
  const nonce = sql`substring(${keyed(value, place, keys.identifier)}, 9, 12)`;
  return sql`concat(${nonce}, encrypt('aes-256-gcm', concat(MD5(${value}), SHA256(${value})), unhex(${keys.digest}), ${nonce}))`;
}
