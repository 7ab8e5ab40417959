import type { EntityName } from '../model/entities.ts';
import { csvLine } from './rows.ts';

/** A part of one file of the demo brand, in UTF-8; the parts of a file come in their order. */
export interface Piece {
  readonly file: string;
  readonly bytes: Uint8Array;
}

const pieceBytes = 1 << 18;
/** Characters gathered before they are encoded; none needs more than three bytes. */
const gathered = 1 << 12;

/** One file being filled: lines go in, pieces come out as they are full. */
export class Sheet {
  readonly file: string;
  readonly entity: EntityName;
  rows = 0;
  private text: string;
  private bytes = Buffer.allocUnsafe(0);
  private used = 0;
  private readonly ready: Piece[];

  constructor(entity: EntityName, file: string, header: readonly string[], ready: Piece[]) {
    this.file = file;
    this.entity = entity;
    this.text = header.length > 0 ? csvLine(header) : '';
    this.ready = ready;
  }

  add(line: string): void {
    this.text += line;
    this.rows++;
    if (this.text.length > gathered) this.encode();
  }

  flush(): void {
    this.encode();
    if (this.used > 0) this.ready.push({ file: this.file, bytes: this.bytes.subarray(0, this.used) });
    this.bytes = Buffer.allocUnsafe(0);
    this.used = 0;
  }

  private encode(): void {
    const text = this.text;
    this.text = '';
    if (this.used + text.length * 3 > this.bytes.length) {
      if (this.used > 0) this.ready.push({ file: this.file, bytes: this.bytes.subarray(0, this.used) });
      this.bytes = Buffer.allocUnsafe(Math.max(pieceBytes, text.length * 3));
      this.used = 0;
    }
    this.used += this.bytes.write(text, this.used);
  }
}
