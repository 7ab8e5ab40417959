import { crc32, deflateRawSync } from 'node:zlib';

/** 1980-01-01 00:00, the first moment a ZIP knows: the same content is the same file. */
const EPOCH = 0x00210000;

/** A ZIP of one file (APPNOTE 6.3): what platforms take lists of identifiers in. */
export function zipped(name: string, content: Uint8Array): Buffer {
  const packed = deflateRawSync(content);
  const title = Buffer.from(name, 'utf8');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(0x0800, 2);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(EPOCH, 6);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([mark('PK\x03\x04'), common, title, packed]);
  const rest = Buffer.alloc(14);
  const central = Buffer.concat([mark('PK\x01\x02'), Buffer.from([20, 0]), common, rest, title]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, mark('PK\x05\x06'), end]);
}

const mark = (text: string): Buffer => Buffer.from(text, 'latin1');
