import { asked, routed } from '../../../test/collector/harness.ts';
import type { Answered, LiveRow, Protocol, Taken, Unreadable } from '../protocol.ts';
import type { Words } from '../words.ts';

/** 2026-03-01 00:00:00 UTC. */
export const received = 1_772_323_200_000;

export interface Sent {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What a protocol answers to a request. */
export function answerOf(
  protocol: Protocol,
  address: string,
  { method = 'POST', ...sent }: Sent = {},
): Taken | Answered {
  const request = asked(method, address, sent);
  const found = routed([protocol], request);
  if (!found) throw new Error(`no route ${method} ${address}`);
  return found.route.take({ ...request, params: found.params });
}

export function takenOf(protocol: Protocol, address: string, sent?: Sent): Taken {
  const answer = answerOf(protocol, address, sent);
  if (answer.kind !== 'taken') throw new Error('answered, not taken');
  return answer;
}

/** The rows that a request gives when it stands at `7.0` of the log. */
export function rowsOf(protocol: Protocol, taken: Taken, words: Words = {}): (LiveRow | Unreadable)[] {
  const { head, body } = taken;
  return [
    ...protocol.rows({ entry: { source: 's', protocol: protocol.id, received, head, body }, place: '7.0' }, words),
  ];
}

/** The only row of a request, its event cells and props together. */
export function onlyRow(rows: readonly (LiveRow | Unreadable)[]): LiveRow {
  const [row] = rows;
  if (rows.length !== 1 || !row || !('entity' in row)) throw new Error(`not one row: ${JSON.stringify(rows)}`);
  return row;
}
