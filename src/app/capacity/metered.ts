import { cancelledFault } from '../../warehouse/labels.ts';
import type { Caps, Warehouse } from '../../warehouse/warehouse.ts';

/** Bounds of the statements of one question. */
export interface Bounds extends Pick<Caps, 'memoryBytes' | 'spills' | 'diskBytes'> {
  /** Name by which its statements are found and stopped. */
  readonly label: string;
  readonly signal: AbortSignal;
  /** Told when something was written on the way: what is kept for others too, and is there the next time. */
  readonly wrote?: () => void;
}

/**
 * The warehouse as one question sees it: what it reads carries the question's label, none of it begins once the signal
 * says so, and statements that name bounds of their own are held to the question's. Note: what is written on the way, such
 * as kept stages, keeps its label and its bounds, for it serves others too.
 */
export function metered(warehouse: Warehouse, { label, signal, wrote = () => {}, ...bounds }: Bounds): Warehouse {
  const held = (caps: Caps = {}): Caps => {
    if (signal.aborted) throw cancelledFault();
    return { ...caps, label, ...(caps.memoryBytes === undefined ? {} : bounds) };
  };
  const writing = (work: Promise<void>) => work.finally(wrote);
  return {
    kind: warehouse.kind,
    holders: warehouse.holders,
    rows: async (question, caps) => warehouse.rows(question, held(caps)),
    stream: (question, caps) => warehouse.stream(question, held(caps)),
    bytes: async (question, caps) => warehouse.bytes(question, held(caps)),
    run: (statement, caps) => writing(warehouse.run(statement, caps)),
    insert: (payload, caps) => writing(warehouse.insert(payload, caps)),
    createFacts: (table) => warehouse.createFacts(table),
    everywhere: (statement, caps) => writing(warehouse.everywhere(statement, caps)),
    onParts: (table, statement, more) => writing(warehouse.onParts(table, statement, more)),
    underWay: (of) => warehouse.underWay(of),
    cancel: (of) => warehouse.cancel(of),
    close: () => warehouse.close(),
  };
}
