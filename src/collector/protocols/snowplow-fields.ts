import type { Message } from './message-json.ts';

/** Fields of the tracker protocol and the names under which they are props; the rest keep their letters. */
const names: Readonly<Record<string, string>> = {
  p: 'tracker_platform',
  tv: 'tracker_version',
  tna: 'tracker',
  url: 'page_url',
  page: 'page_title',
  refr: 'page_referrer',
  ua: 'user_agent',
  lang: 'language',
  tz: 'timezone',
  sid: 'session_id',
  vid: 'session_index',
  res: 'screen',
  vp: 'viewport',
  ds: 'document_size',
  se_ca: 'category',
  se_ac: 'action',
  se_la: 'label',
  se_pr: 'property',
  tr_af: 'affiliation',
  tr_tx: 'tax',
  tr_sh: 'shipping',
  tr_ci: 'city',
  tr_st: 'state',
  tr_co: 'country',
  tr_cu: 'currency',
  ti_nm: 'product.name',
  ti_pr: 'product.price',
  ti_cu: 'product.currency',
};

/** Told by cells, ids and times, or never kept (the address of the net). */
const apart: ReadonlySet<string> = new Set([
  ...['e', 'eid', 'dtm', 'stm', 'ttm', 'uid', 'duid', 'nuid', 'tnuid', 'aid', 'ip', 'ue_pr', 'ue_px', 'co', 'cx'],
  ...['se_va', 'tr_id', 'tr_tt', 'ti_id', 'ti_sk', 'ti_ca', 'ti_qu', 'key'],
]);

/** Fields of an event that have no column. */
export function snowplowProps(event: Message): Message {
  const left = Object.entries(event).filter(([name]) => !apart.has(name));
  return Object.fromEntries(left.map(([name, value]) => [Object.hasOwn(names, name) ? names[name] : name, value]));
}
