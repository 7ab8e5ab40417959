import { posix } from 'node:path';
import { SaxesParser } from 'saxes';
import { type Entry, openPromise } from 'yauzl';
import { type Shown, shownBy, unescapeText } from './xlsx-cell.ts';
import { type CellContext, localName } from './xlsx-sheet.ts';

/** An open workbook. */
export interface Book {
  /** Parts that hold the visible sheets, in their order. */
  readonly sheets: readonly string[];
  readonly context: CellContext;
  /** XML of a part, piece by piece. */
  part(name: string): AsyncGenerator<Buffer>;
  /** Size of a part's XML, in bytes. */
  partSize(name: string): number;
  close(): void;
}

type Attributes = Readonly<Record<string, string>>;
type Parts = Pick<Book, 'part' | 'partSize' | 'close'>;

/** Opens a workbook and reads what its sheets share: their names, styles and texts. */
export async function openBook(path: string): Promise<Book> {
  const parts = await openParts(path);
  try {
    const { sheets, system } = await workbookOf(parts);
    const context = { strings: await stringsOf(parts), shown: await stylesOf(parts), system };
    return { ...parts, sheets, context };
  } catch (error) {
    parts.close();
    throw error;
  }
}

async function openParts(path: string): Promise<Parts> {
  const zip = await openPromise(path, { autoClose: false });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
  async function* part(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name.toLowerCase());
    if (entry !== undefined) refuseBomb(entry);
    if (entry !== undefined) yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
  }
  const partSize = (name: string) => entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
  return { part, partSize, close: () => zip.close() };
}

/** Beyond this size, a part that unpacks to so many times its bytes was made to fill memory, not to be read. */
const MOST_PLAIN = 100 << 20;
const MOST_RATIO = 200;

/** Note: that a part is no larger than it says is seen to by the zip library. */
function refuseBomb({ fileName, compressedSize, uncompressedSize }: Entry): void {
  const held = !/worksheets\//i.test(fileName);
  const ratio = uncompressedSize / Math.max(1, compressedSize);
  if (uncompressedSize <= MOST_PLAIN || (ratio <= MOST_RATIO && !(held && uncompressedSize > MOST_HELD))) return;
  throw new Error(`${fileName} unpacks to ${Math.round(uncompressedSize / 2 ** 20)} MB`);
}

/** Most bytes of a part that is held in memory whole. */
const MOST_HELD = 512 << 20;

/** Reads a small part of a workbook tag by tag. */
async function eachTag(
  parts: Parts,
  name: string,
  open: (tag: string, attributes: Attributes) => void,
  close: (tag: string, text: string) => void = () => {},
): Promise<void> {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  const decoder = new TextDecoder();
  let text = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    open(localName(name), attributes);
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('closetag', ({ name }) => {
    close(localName(name), text);
    text = '';
  });
  for await (const piece of parts.part(name)) parser.write(decoder.decode(piece, { stream: true }));
  if (parts.partSize(name) > 0) parser.close();
}

async function workbookOf(parts: Parts): Promise<{ sheets: string[]; system: 1900 | 1904 }> {
  const targets = new Map<string, string>();
  await eachTag(parts, 'xl/_rels/workbook.xml.rels', (tag, { Id = '', Target = '' }) => {
    if (tag === 'Relationship') targets.set(Id, posix.resolve('/xl', Target).slice(1));
  });
  const sheets: string[] = [];
  let system: 1900 | 1904 = 1900;
  await eachTag(parts, 'xl/workbook.xml', (tag, attributes) => {
    if (tag === 'workbookPr' && /^(1|true|on)$/.test(attributes.date1904 ?? '')) system = 1904;
    if (tag !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
    const id = Object.entries(attributes).find(([name]) => name.includes(':') && localName(name) === 'id')?.[1] ?? '';
    sheets.push(targets.get(id) ?? '');
  });
  return { sheets, system };
}

/** Texts that cells share; how they are pronounced, which East Asian workbooks write beside them, is left out. */
async function stringsOf(parts: Parts): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let phonetic = false;
  await eachTag(
    parts,
    'xl/sharedStrings.xml',
    (tag) => {
      if (tag === 'rPh') phonetic = true;
      if (tag === 'si') text = '';
    },
    (tag, inner) => {
      if (tag === 't' && !phonetic) text += inner;
      if (tag === 'rPh') phonetic = false;
      if (tag === 'si') strings.push(unescapeText(text));
    },
  );
  return strings;
}

/** How each cell style shows a number. */
async function stylesOf(parts: Parts): Promise<Shown[]> {
  const codes = new Map<number, string>();
  const shown: Shown[] = [];
  let inCells = false;
  await eachTag(
    parts,
    'xl/styles.xml',
    (tag, { numFmtId = '0', formatCode = '' }) => {
      if (tag === 'numFmt') codes.set(Number(numFmtId), formatCode);
      if (tag === 'cellXfs') inCells = true;
      if (tag === 'xf' && inCells) shown.push(shownBy(Number(numFmtId), codes.get(Number(numFmtId))));
    },
    (tag) => {
      if (tag === 'cellXfs') inCells = false;
    },
  );
  return shown;
}
