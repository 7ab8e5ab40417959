import { addDays, type Day } from '../../src/base/day.ts';
import { inScope, paidLines, type Scope } from './paid.ts';
import type { Event, Life, World } from './world.ts';

/** From light to deep. */
export const stages = ['A', 'I', 'P', 'L'] as const;
export type Stage = (typeof stages)[number];

/** Contract §1, passive (A). */
const passive =
  'impression click exposure content_view video_view live_view scan search page_view shop_visit item_view'.split(' ');

/** Contract §1, active (I). */
const active = (
  'brand_search favorite favorite_shop cart follow join interact like comment share collect coupon_claim ' +
  'benefit_claim sample_claim trial_apply consult reserve deposit live_interact group_join'
).split(' ');

/** The stage of a consumer as of the end of `on`, by the default rules of contract §4. */
export function stageOn(world: World, consumer: number, on: Day, scope: Scope = {}): Stage | 'none' {
  const life = world.lives.get(consumer);
  if (life === undefined) return 'none';
  if (isLoyal(world, life, on, scope)) return 'L';
  if (hasPaid(world, life, on, scope)) return 'P';
  if (isInterested(world, life, on, scope)) return 'I';
  return isAware(world, life, on, scope) ? 'A' : 'none';
}

function isLoyal(world: World, life: Life, on: Day, scope: Scope): boolean {
  const year = { from: addDays(on, -364), to: on };
  const days = paidLines(world, life, on, scope)
    .map((line) => line.day)
    .filter((day) => within(day, year));
  // "paid lines on ≥ 2 different days of `[D-364, D]`"
  if (new Set(days).size >= 2) return true;
  // "or a review (entity, or event `review` with `value`) of rating ≥ 4 in `[D-364, D]`"
  const reviewed = life.reviews.some(
    (review) => within(review.day, year) && (review.rating ?? 0) >= 4 && inScope(world, review, scope),
  );
  const told = eventsIn(world, life, year, scope).some(
    (event) => event.behavior === 'review' && (event.value ?? 0) >= 4,
  );
  // "together with a paid line in `[D-364, D]`"
  return (reviewed || told) && days.length > 0;
}

/** "P: not L, a paid line in `[D-911, D]`." */
function hasPaid(world: World, life: Life, on: Day, scope: Scope): boolean {
  return paidLines(world, life, on, scope).some((line) => within(line.day, { from: addDays(on, -911), to: on }));
}

function isInterested(world: World, life: Life, on: Day, scope: Scope): boolean {
  const fortnight = eventsIn(world, life, { from: addDays(on, -14), to: on }, scope);
  // "an active behaviour in `[D-14, D]`"
  if (fortnight.some((event) => active.includes(event.behavior))) return true;
  // "or `item_view`/`shop_visit` on ≥ 2 different days of `[D-14, D]` (the two behaviours' days pooled)"
  const visits = fortnight.filter((event) => event.behavior === 'item_view' || event.behavior === 'shop_visit');
  if (new Set(visits.map((event) => event.day)).size >= 2) return true;
  // "or member, or fan"
  return isMember(life, on, scope) || isFan(world, life, on, scope);
}

/** "A: none of these; a passive behaviour in `[D-14, D]`." */
function isAware(world: World, life: Life, on: Day, scope: Scope): boolean {
  const fortnight = eventsIn(world, life, { from: addDays(on, -14), to: on }, scope);
  return fortnight.some((event) => passive.includes(event.behavior));
}

/**
 * "Member as of D: joined by D and not quit by D", by any of the consumer's `members` rows. In a category's scope
 * "nor membership and following" count; a `members` row has no brand, so `--brand X` does not take it either.
 */
export function isMember(life: Life, on: Day, scope: Scope = {}): boolean {
  if (scope.category !== undefined || scope.brand !== undefined) return false;
  return life.memberships.some((row) => row.join_day <= on && !(row.quit_day !== '' && row.quit_day <= on));
}

/**
 * "Fan as of D: the latest of `follow`, `favorite_shop`, `unfollow` by D is not `unfollow`." Our reading: an
 * `unfollow` of the same moment is the later.
 */
function isFan(world: World, life: Life, on: Day, scope: Scope): boolean {
  if (scope.category !== undefined) return false;
  const told = life.events
    .filter((event) => ['follow', 'favorite_shop', 'unfollow'].includes(event.behavior))
    .filter((event) => event.day <= on && inScope(world, event, scope));
  const latest = told
    .map((event) => event.event_time)
    .toSorted()
    .at(-1);
  const atLatest = told.filter((event) => event.event_time === latest);
  return atLatest.length > 0 && atLatest.every((event) => event.behavior !== 'unfollow');
}

export interface Range {
  readonly from: Day;
  readonly to: Day;
}

/** "`[D-14, D]` has 15 days": both ends are in. */
export function within(day: Day, range: Range): boolean {
  return range.from <= day && day <= range.to;
}

/** A consumer's events of the scope in the days of a range. */
export function eventsIn(world: World, life: Life, range: Range, scope: Scope): Event[] {
  return life.events.filter((event) => within(event.day, range) && inScope(world, event, scope));
}
