import { RecordScanner } from './record.ts';

/** The rarer in text first. */
const candidates = ['\t', ';', ','] as const;
const looked = 200;

/**
 * Delimiter of a text by its first records: the one that cuts most of them into as many fields as the header; between
 * equals, into more; between equals again, the rarer in text. A comma where none cuts the header at all.
 */
export function detectDelimiter(text: Uint8Array, whole: boolean): string {
  let best = { delimiter: ',', share: -1, width: 1 };
  for (const delimiter of candidates) {
    const { share, width } = agreement(new RecordScanner(text, delimiter, whole), text.length);
    if (width > 1 && (share > best.share || (share === best.share && width > best.width))) {
      best = { delimiter, share, width };
    }
  }
  return best.delimiter;
}

/** Fields of the first record, and the share of the following ones that have as many. */
function agreement(scanner: RecordScanner, length: number): { width: number; share: number } {
  let width = 0;
  let agree = 0;
  let records = 0;
  for (let at = 0; at < length && records <= looked; at = scanner.end) {
    const found = scanner.find(at);
    if (found === 'incomplete') break;
    if (scanner.textEnd === at) continue;
    if (records === 0) width = scanner.fields;
    else if (found === 'record' && scanner.fields === width) agree += 1;
    records += 1;
  }
  return { width, share: records > 1 ? agree / (records - 1) : 1 };
}
