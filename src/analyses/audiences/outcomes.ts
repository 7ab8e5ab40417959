import { type Lens, spansWithin } from '../../lifecycle/kept.ts';
import { netAmount, paidLines } from '../../model/paid.ts';
import { pushedConsumers } from '../../model/pushed.ts';
import { eventsInScope, itemCategories, ofMembers } from '../../model/scope.ts';
import { as, type Fragment, perConsumer, sql } from '../../warehouse/sql.ts';

/** Days without a purchase of the brand after which a buyer is new to it. */
const NEW_DAYS = 365;
/** A day before all pushes. Note: windows are taken off it, and there are no days before 1970. */
const EVER = '1980-01-01';
/** The tag whose values are the strategic crowds. */
const STRATEGIC = 'crowd:eight';

interface Asked {
  readonly push: string;
  readonly on: string;
}

/** What a question looks at: who is in the push, and the day it ends with. */
interface Looked {
  readonly lens: Lens;
  readonly groups: Fragment;
  readonly on: string;
  readonly date: Fragment;
}

/**
 * One row a consumer of a push: `side`, `holdout`, and what became of it from the day it came in: `reached`, `deepened`,
 * `bought`, `net` (minor units), `category_new`, `brand_new`; `strategic` by its crowd, and `crowds`, how many are known.
 */
export function outcomes({ push, on }: Asked, lens: Lens): Fragment {
  const groups = sql`(SELECT * FROM ${pushedConsumers(push, on)} WHERE ${ofMembers(lens.scope)})`;
  const looked: Looked = { lens, groups, on, date: sql`${as(on, 'Date')}` };
  const crowd = crowdMembers(lens);
  return sql`(SELECT g.consumer AS consumer, g.side AS side, g.holdout AS holdout, t.reached OR b.bought AS reached,
      s.now > s.was AS deepened, b.bought AS bought, b.net AS net, c.is_new AS category_new,
      b.bought AND b.earlier = 0 AS brand_new, g.consumer IN (${crowd}) AS strategic, (SELECT count() FROM (${crowd})) AS crowds
    FROM ${groups} AS g
    LEFT JOIN ${touches(looked)} AS t ON t.consumer = g.consumer
    LEFT JOIN ${levels(looked)} AS s ON s.consumer = g.consumer
    LEFT JOIN ${purchases(looked)} AS b ON b.consumer = g.consumer
    LEFT JOIN ${newToCategory(looked)} AS c ON c.consumer = g.consumer)`;
}

/** Consumers who are in one of the strategic crowds; nobody where tags are not kept. */
function crowdMembers({ tags }: Lens): Fragment {
  if (!tags) return sql`SELECT toUInt32(0) AS consumer WHERE 0`;
  return sql`SELECT arrayJoin(bitmapToArray(members)) AS consumer FROM ${tags.table}
    WHERE tag = ${STRATEGIC} AND value NOT IN ('', 'unknown')`;
}

function touches({ lens, groups, date }: Looked): Fragment {
  return perConsumer(sql`SELECT e.consumer AS consumer, toUInt8(1) AS reached
    FROM (SELECT consumer, day FROM ${eventsInScope(lens.scope)} WHERE day <= ${date}) AS e
    INNER JOIN ${groups} AS g ON g.consumer = e.consumer WHERE e.day >= g.day GROUP BY consumer`);
}

/** Levels of the stage at the end of the day before a consumer came in, and of the last day; 0 is none. */
function levels({ lens, groups, on, date }: Looked): Fragment {
  return perConsumer(sql`SELECT l.consumer AS consumer,
      sumIf(toInt32(l.level) * l.sign, l.start < toUInt16(g.day) AND l.finish >= toUInt16(g.day)) AS was,
      sumIf(toInt32(l.level) * l.sign, l.start <= toUInt16(${date}) AND l.finish > toUInt16(${date})) AS now
    FROM (SELECT consumer, start, finish, level, sign FROM ${spansWithin(lens, EVER, on)}) AS l
    INNER JOIN ${groups} AS g ON g.consumer = l.consumer GROUP BY consumer`);
}

/** Paid lines of the scope as of the last day, of those in the push: with `came`, the day they came in. */
function lines({ groups, date }: Looked, scope: Lens['scope']): Fragment {
  return sql`(SELECT l.consumer AS consumer, l.day AS day, l.item_id AS item_id, l.category_id AS category_id, l.net AS net, g.day AS came
    FROM (SELECT consumer, day, item_id, category_id, ${netAmount(date)} AS net FROM ${paidLines(scope)}
      WHERE day <= ${date} AND until > toUInt16(${date})) AS l
    INNER JOIN ${groups} AS g ON g.consumer = l.consumer)`;
}

function purchases(looked: Looked): Fragment {
  return perConsumer(sql`SELECT consumer, toUInt8(countIf(day >= came) > 0) AS bought, sumIf(net, day >= came) AS net,
      countIf(day < came AND day >= came - ${NEW_DAYS}) AS earlier
    FROM ${lines(looked, looked.lens.scope)} GROUP BY consumer`);
}

/** Buyers of a category of which they had bought nothing before they came in, of any brand that is known here. */
function newToCategory(looked: Looked): Fragment {
  const { own: _, brand: __, ...rest } = looked.lens.scope;
  const categorised = (from: Fragment) => sql`(SELECT l.consumer AS consumer, l.day AS day, l.came AS came,
      if(i.own != '', i.own, toString(l.category_id)) AS category
    FROM ${from} AS l LEFT JOIN ${itemCategories} AS i ON i.item_id = l.item_id)`;
  return perConsumer(sql`SELECT consumer, toUInt8(1) AS is_new FROM (
      SELECT consumer, category FROM ${categorised(lines(looked, looked.lens.scope))}
        WHERE day >= came AND category != '' GROUP BY consumer, category) AS now
    INNER JOIN (SELECT consumer, category, countIf(day < came) AS earlier
      FROM ${categorised(lines(looked, { ...rest, own: [] }))} GROUP BY consumer, category) AS ever
      ON ever.consumer = now.consumer AND ever.category = now.category
    WHERE ever.earlier = 0 GROUP BY consumer`);
}
