import { addDays, type Day } from '../base/day.ts';
import type { Calendar } from './calendar.ts';
import { historyDays } from './calendar.ts';
import { brand } from './catalog.ts';
import { Random } from './random.ts';
import { csvLine, tailText, yuan } from './rows.ts';

/** Where the brand is seen. The key is the kind of identifier the place knows people by. */
export interface Channel {
  readonly platform: string;
  readonly channel: string;
  readonly code: string;
  readonly known: 'user' | 'device' | 'openid';
  /** Share of the touches among the channels that know people the same way. */
  readonly share: number;
  /** Clicks an impression, before the person's own leaning. */
  readonly ctr: number;
  readonly kind: 'ad' | 'content' | 'live';
  /** Fen a thousand impressions, and fen a click. */
  readonly cpm: number;
  readonly cpc: number;
}

type Row = readonly [string, string, string, Channel['known'], number, number, Channel['kind'], number, number];

const rows: readonly Row[] = [
  ['taobao', '直通车', 'ZTC', 'user', 30, 0.13, 'ad', 0, 130],
  ['taobao', '超级推荐', 'CJTJ', 'user', 30, 0.08, 'ad', 2200, 40],
  ['tmall', '品牌专区', 'PPZQ', 'user', 10, 0.25, 'ad', 9000, 0],
  ['taobao', '直播间', 'TBZB', 'user', 10, 0.12, 'live', 1500, 30],
  ['douyin', '信息流', 'DYXXL', 'device', 34, 0.05, 'ad', 2600, 60],
  ['douyin', '直播间', 'DYZB', 'device', 16, 0.12, 'live', 2000, 40],
  ['xiaohongshu', '达人种草', 'XHSDR', 'device', 30, 0.1, 'content', 6000, 0],
  ['xiaohongshu', '信息流', 'XHSXXL', 'device', 14, 0.05, 'ad', 3200, 80],
  ['wechat', '朋友圈广告', 'PYQ', 'openid', 40, 0.05, 'ad', 4500, 50],
  ['wechat', '私域社群', 'SQ', 'openid', 40, 0.28, 'ad', 0, 0],
  ['taobao', '开屏广告', 'KP', 'user', 0, 0.02, 'ad', 8000, 0],
  ['douyin', '开屏广告', 'KP', 'device', 0, 0.02, 'ad', 8000, 0],
  ['wechat', '开屏广告', 'KP', 'openid', 0, 0.02, 'ad', 8000, 0],
  ['taobao', '超级推荐', 'CHUN', 'user', 0, 0.1, 'ad', 2200, 40],
];

export const channels: readonly Channel[] = rows.map(
  ([platform, channel, code, known, share, ctr, kind, cpm, cpc]): Channel => ({
    platform,
    channel,
    code,
    known,
    share,
    ctr,
    kind,
    cpm,
    cpc,
  }),
);

/** Seen by chance alone: who sees it buys as one who does not. */
export const idleChannel = '开屏广告';
export const idlePlaces = { user: 10, device: 11, openid: 12 } as const;
/** The place of the campaign week. */
export const campaignPlace = 13;
const creatives = 3;

/** Slots a day in the counters of `Media`: one for each place and creative. */
export const slotsPerDay = rows.length * creatives;

/** One creative of one place. */
export function slotOf(place: number, creative: number): number {
  return place * creatives + creative;
}

/** Impressions in media_spend for one in the events: the panel sees one in twenty. */
export const mediaScale = 20;

/** The week in which the campaign moves people; `from` is the day before its first. */
export function campaignWeek(end: Day): { readonly id: string; readonly from: Day; readonly to: Day } {
  return { id: `XM-SPRING-${end.slice(0, 4)}`, from: addDays(end, -86), to: addDays(end, -79) };
}

export interface Media {
  /** Cells of an event at a slot on a day, ready to write. */
  tail(slot: number, day: number): string;
  count(behavior: string, slot: number, day: number): void;
  /** The lines of media_spend, by day and creative. */
  lines(): Iterable<string>;
}

/** The places with their campaigns, and what was counted there. */
export function makeMedia(calendar: Calendar, seed: number): Media {
  const week = campaignWeek(calendar.end);
  const impressions = new Uint32Array(historyDays * slotsPerDay);
  const clicks = new Uint32Array(historyDays * slotsPerDay);
  const seasonal = seasonTails(calendar, week.id);
  return {
    tail: (slot, day) => seasonal[day]?.[slot] ?? '',
    count(behavior, slot, day) {
      const counter = behavior === 'impression' ? impressions : clicks;
      const cell = day * slotsPerDay + slot;
      counter[cell] = (counter[cell] ?? 0) + 1;
    },
    *lines() {
      const random = new Random();
      random.restart(seed, -1);
      for (let cell = 0; cell < impressions.length; cell++) {
        const seen = impressions[cell] ?? 0;
        const clicked = clicks[cell] ?? 0;
        if (seen + clicked === 0) continue;
        yield spendLine(calendar, week.id, cell, seen * mediaScale, clicked * mediaScale, random);
      }
    },
  };
}

function campaignOf(place: number, season: string, spring: string): string {
  if (place === campaignPlace) return spring;
  return `XM-${season}-${channels[place]?.code ?? ''}`;
}

/** For each day the tails of all slots; days of one season share one list. */
function seasonTails(calendar: Calendar, spring: string): readonly (readonly string[])[] {
  const lists = new Map<string, string[]>();
  return calendar.seasons.map((season) => {
    const list = lists.get(season) ?? Array.from({ length: slotsPerDay }, (_, slot) => adTail(slot, season, spring));
    lists.set(season, list);
    return list;
  });
}

function adTail(slot: number, season: string, spring: string): string {
  const place = Math.floor(slot / creatives);
  const campaign = campaignOf(place, season, spring);
  const { platform, channel } = channels[place] ?? { platform: '', channel: '' };
  return tailText({ brand, platform, channel, campaign_id: campaign, creative_id: creativeOf(campaign, slot) });
}

function creativeOf(campaign: string, slot: number): string {
  return `${campaign}-${'abc'[slot % creatives]}`;
}

function spendLine(
  calendar: Calendar,
  spring: string,
  cell: number,
  impressions: number,
  clicks: number,
  random: Random,
): string {
  const day = Math.floor(cell / slotsPerDay);
  const slot = cell % slotsPerDay;
  const place = Math.floor(slot / creatives);
  const at = channels[place];
  const campaign = campaignOf(place, calendar.seasons[day] ?? '', spring);
  const price = (impressions * (at?.cpm ?? 0)) / 1000 + clicks * (at?.cpc ?? 0);
  const cost = Math.round(price * (0.9 + random.below(200) / 1000));
  return csvLine([
    ...[calendar.days[day], at?.platform, at?.channel, campaign, creativeOf(campaign, slot)],
    ...[impressions, clicks, yuan(cost)],
  ]);
}
