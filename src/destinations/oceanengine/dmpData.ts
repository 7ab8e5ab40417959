/** `IdItem.DataType` of the upload format. */
export const dataTypes = {
  'imei:md5': 4,
  'idfa:md5': 5,
  'phone:sha256': 6,
  'oaid:plain': 7,
  'oaid:md5': 8,
} as const;
export type DmpType = keyof typeof dataTypes;

/** Identifiers of one line at most. */
const LINE = 10_000;

const fieldTag = (field: number, wire: number): number => (field << 3) | wire;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return bytes;
}

/** One `IdItem` (protocol buffers, version 2): `dataType` is field 2, `id` field 3, in lower case. */
function item(type: DmpType, id: string): Buffer {
  const text = Buffer.from(id.toLowerCase(), 'utf8');
  const body = Buffer.concat([
    Buffer.from([fieldTag(2, 0), ...varint(dataTypes[type]), fieldTag(3, 2), ...varint(text.length)]),
    text,
  ]);
  return Buffer.concat([Buffer.from([fieldTag(1, 2), ...varint(body.length)]), body]);
}

/** A list as the DMP takes it: each line one `DmpData` of up to 10 000 `IdItem`s, in base64. */
export function dmpFile(type: DmpType, ids: readonly string[]): Buffer {
  const lines: string[] = [];
  for (let from = 0; from < ids.length; from += LINE)
    lines.push(Buffer.concat(ids.slice(from, from + LINE).map((id) => item(type, id))).toString('base64'));
  return Buffer.from(`${lines.join('\n')}\n`, 'latin1');
}
