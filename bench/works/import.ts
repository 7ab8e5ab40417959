import { writeUserBehavior } from '../data/event-files.ts';
import { importWork } from '../importing.ts';

/** A file like Taobao's UserBehavior: one plain identifier, no event_id. */
export const importPlain = importWork({
  name: 'import',
  file: 'UserBehavior.csv',
  write: writeUserBehavior,
  columns: 'user_id UInt64, item_id UInt64, category_id UInt32, behavior LowCardinality(String), timestamp UInt32',
  order: 'user_id, timestamp',
  note: '180 days in the order of time, consumers = events / 10 at most; recognised by its headers',
});
