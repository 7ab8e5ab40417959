import type { Entry } from '../entry.ts';
import type { OpenFile } from './current.ts';
import type { LogFault } from './errors.ts';
import { openSegmentFile } from './files.ts';
import { openFolder } from './opening.ts';
import { type DiskSpace, diskSpace, Room } from './room.ts';
import type { Segment } from './segment.ts';
import { SegmentedLog } from './segmentedLog.ts';

export interface LogOptions {
  /** Told of each damaged part that a reader comes upon: bytes that stand where a record was written. */
  readonly onDamage?: (what: string) => void;
  /** Length at which a segment ends. */
  readonly segmentBytes?: number;
  /** Most bytes not yet removed. */
  readonly mostWaiting?: number;
  /** Most bytes of entries that are not yet on disk. */
  readonly mostQueued?: number;
  /** Bytes of the disk that stay free. */
  readonly reserveBytes?: number;
  /** For tests: how a segment's file is opened, how the disk's space is learned, and how long a look at it is good for. */
  readonly openFile?: OpenFile;
  readonly space?: (dir: string) => Promise<DiskSpace>;
  readonly lookMs?: number;
}

/** What the log holds that nobody has removed yet. */
export interface Waiting {
  readonly segments: number;
  readonly bytes: number;
  /** When the oldest of it was received, milliseconds since 1970. */
  readonly oldest: number | undefined;
}

/** Entries in the order they were acknowledged, on disk. One process at a time may have a folder open. */
export interface Log {
  /** Ends when the entry is on disk. Fails with `LogFull` or `LogBroken`; then nothing of it is acknowledged. */
  append(entry: Entry): Promise<void>;
  /** Why an entry with so many bytes of body would not be taken now. */
  refusal(bytes: number): LogFault | undefined;
  /** Ends the segment that is written to, if it holds anything, so that it can be read. */
  seal(): Promise<void>;
  /** Oldest first. */
  sealed(): readonly Segment[];
  readonly waiting: Waiting;
  /** Ends when all that was appended is on disk or has failed. */
  close(): Promise<void>;
}

/** Opens the log of a folder; what a crash left half written is cut off. */
export async function openLog(dir: string, options: LogOptions = {}): Promise<Log> {
  const openFile = options.openFile ?? openSegmentFile;
  const opened = await openFolder(dir, openFile);
  const look = () => (options.space ?? diskSpace)(dir);
  const room = new Room(await look(), look, options.reserveBytes, options.lookMs);
  return new SegmentedLog(dir, { ...options, openFile }, room, opened);
}
