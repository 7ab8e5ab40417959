import { type EntityName, entityNames } from '../../model/entities.ts';
import { bearerOf } from '../bearer.ts';
import { type Asked, type Protocol, Refused, type Taken } from '../protocol.ts';
import { bulkRows, type Fault, type Form, faultOf, type Given, givenRows } from './bulk-rows.ts';

const most = { bytes: 20 * 1024 * 1024, rows: 10_000 };

/** Entities of contract §1; what platforms keep apart (order heads, unplaced rows) comes by files only. */
const taken: ReadonlySet<string> = new Set(entityNames.filter((name) => name !== 'order_heads' && name !== 'other'));

/** Rows of the contract, as JSON Lines or one JSON list: `POST /collect/events`. The reply tells the rows with faults. */
export const bulk: Protocol = {
  id: 'bulk',
  routes: [{ method: 'POST', path: '/collect/:entity', most: most.bytes, key: bearerOf, take }],
  rows({ place, entry: { head, body, received } }) {
    const { entity = '', form } = head;
    const given = givenRows(body.toString('utf8'), form === 'list' ? 'list' : 'lines') ?? [];
    return isEntity(entity) ? bulkRows(entity, given, { place, received }) : [];
  },
};

function take(asked: Asked): Taken {
  const { entity = '' } = asked.params;
  if (!isEntity(entity))
    throw new Refused('shape', `There is no entity of this name; the address ends in one of ${[...taken].join(', ')}.`);
  const form = formOf(asked);
  const given = givenRows(asked.body.toString('utf8'), form);
  if (given === undefined)
    throw new Refused('json', 'The body is not a JSON list; send one, or one JSON object a line.');
  if (given.length > most.rows)
    throw new Refused('too_many', `The body has ${given.length} rows; send at most ${most.rows} at once.`);
  return {
    kind: 'taken',
    key: bearerOf(asked),
    events: given.length,
    head: { entity, form },
    body: asked.body,
    reply: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report(given, entity)),
    },
  };
}

/** Rows with a fault are kept as well: they go to rejects with the same reason. */
function report(given: readonly Given[], entity: EntityName): { taken: number; rejected: object[] } {
  const rejected = given
    .map(({ row, value }) => ({ row, fault: faultOf(value, entity) }))
    .filter((each): each is { row: number; fault: Fault } => each.fault !== undefined)
    .map(({ row, fault }) => ({ row, ...fault }));
  return { taken: given.length - rejected.length, rejected };
}

/** Lines where the client says so or the body does not begin like a list. */
function formOf(asked: Asked): Form {
  const type = asked.header('content-type') ?? '';
  if (/ndjson|jsonl|json-?lines/i.test(type)) return 'lines';
  return /^\ufeff?\s*\[/.test(asked.body.toString('utf8', 0, 1024)) ? 'list' : 'lines';
}

function isEntity(name: string): name is EntityName {
  return taken.has(name);
}
