import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that the power of can be cut: what nobody synced by then is gone, as the file system pleases. */
export class CutDisk {
  /** Folder in which its content stands. */
  readonly dir: string;
  readonly #root = mkdtempSync(join(tmpdir(), 'qiancheng-disk-'));
  #cuts = 0;

  constructor(megabytes: number) {
    this.dir = join(this.#root, 'content');
    mkdirSync(this.dir);
    run('truncate', '-s', `${megabytes}M`, this.#image);
    run('mkfs.ext4', '-q', '-F', this.#image);
    this.#mount();
  }

  /** Brings the disk to what had reached it. Note: whoever writes to it must be dead by then. */
  cut(): void {
    const before = this.#image;
    this.#cuts += 1;
    run('cp', '--sparse=always', before, this.#image);
    run('umount', this.dir);
    rmSync(before);
    this.#mount();
  }

  close(): void {
    run('umount', '-l', this.dir);
    rmSync(this.#root, { recursive: true, force: true });
  }

  get #image(): string {
    return join(this.#root, `disk-${this.#cuts}`);
  }

  /** Note: the file system writes nothing by itself for a while, so that a cut takes all that it is not asked to keep. */
  #mount(): void {
    run('mount', '-o', 'loop,commit=300', this.#image, this.dir);
  }
}

function run(program: string, ...argv: string[]): void {
  execFileSync(program, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Whether this process may make such a disk. */
export function canCut(): boolean {
  try {
    new CutDisk(16).close();
    return true;
  } catch {
    return false;
  }
}
