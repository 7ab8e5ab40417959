import { writeEventsWithIds } from '../data/event-files.ts';
import { importWork } from '../importing.ts';

/** The same events as a file of the contract: event_id, a hashed device on every row, a user beside it on a tenth. */
export const importIds = importWork({
  name: 'import-ids',
  file: 'events.csv',
  write: writeEventsWithIds,
  columns:
    'event_id String, event_time UInt32, behavior LowCardinality(String), id_device String, id_user Nullable(UInt64), item_id UInt64, category_id UInt32',
  order: 'id_device, event_time',
  note: 'event_id checked for repeats; device hashed with the home’s key; a user on a tenth of the rows links two devices',
});
