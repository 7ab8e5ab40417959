import { dayNumber } from '../base/day.ts';
import { historyEnd, secondsPerDay } from './calendar.ts';
import {
  DEVICE,
  emptyHousehold,
  type Household,
  linkedSets,
  MEMBER,
  OPENID,
  type Person,
  PHONE,
  shopPhoneBase,
  USER,
} from './household.ts';
import { type Leaning, leanings, rowIds, splash, wander } from './journey.ts';
import { campaignPlace, campaignWeek, slotOf } from './media.ts';
import { makeProfile } from './profiles.ts';
import { buy } from './purchases.ts';
import { nth, type Random, weighted } from './random.ts';
import { itemOn, itemTail, moment, push, type Scene, shopTail, touch, type World } from './world.ts';

/** Of those the campaign week plants among the aware, the share that turns to interest. */
export const campaignShare = 0.4;
export const shopPhones = 3;

const kinds = weighted(leanings.map((leaning) => leaning.share));
const buyer = 3;

/** Chances that a person of each kind has an account, a known device, an openid. */
const holds: readonly (readonly [number, number, number])[] = [
  [0.62, 0.36, 0.05],
  [0.82, 0.45, 0.1],
  [0.88, 0.55, 0.2],
  [0.9, 0.55, 0.25],
];

/** A household from its place in the line of all: the same seed and place give the same people. */
export function makeHousehold(world: World, random: Random, index: number, shopPhoneEvery: number): Household {
  random.restart(world.seed, index);
  const household = emptyHousehold(index);
  const scene: Scene = { world, random, household };
  if (index % 50 === 3) return campaignPerson(scene);
  const family = random.chance(0.012);
  const size = family ? random.between(2, 4) : 1;
  for (let who = 0; who < size; who++) livePerson(scene, who, family);
  if (!family && index % shopPhoneEvery === 1) borrowShopPhone(scene, Math.floor(index / shopPhoneEvery) % shopPhones);
  for (const set of linkedSets(household)) splash(scene, set);
  return household;
}

/** Somebody with nothing to see by: a household of as many impressions as are still wanted. */
export function makeFiller(world: World, random: Random, index: number, events: number): Household {
  random.restart(world.seed, index);
  const household = emptyHousehold(index);
  const scene: Scene = { world, random, household };
  household.persons.push({ who: 0, number: index * 4, has: USER, linked: false, profile: undefined, mother: false });
  for (let i = 0; i < events; i++) {
    const row = { behavior: 'impression', who: 0, ids: USER, tail: '', slot: slotOf(1, random.below(3)), odd: 0 };
    household.touches.push({ ...row, at: moment(scene, random.draw(world.calendar.touchDays)) });
  }
  return household;
}

function livePerson(scene: Scene, who: number, family: boolean): void {
  const { random, household, world } = scene;
  const kind = family ? random.between(1, buyer) : random.draw(kinds);
  const leaning = nth(leanings, kind);
  const mother = !family && random.chance(kind === buyer ? 0.22 : 0.09);
  const has = family ? USER | PHONE : holdings(random, kind);
  const tagged = !family && has & USER && random.chance(kind === 0 ? 0.25 : kind === buyer ? 0.85 : 0.6);
  const year = Number(world.calendar.end.slice(0, 4));
  const profile = tagged ? makeProfile(random, year, mother) : undefined;
  const linked = random.chance(0.8);
  const person: Person = { who, number: household.index * 4 + who, has, linked, profile, mother: mother && !!profile };
  household.persons.push(person);
  wander(scene, person, leaning);
  if (kind === buyer) buy(scene, person);
  if (family)
    touch(scene, person, {
      at: anyTime(scene),
      behavior: 'consult',
      ids: USER | PHONE,
      tail: shopTail(scene.world, 'tmall'),
    });
  relate(scene, person, leaning);
}

function holdings(random: Random, kind: number): number {
  const [user, device, openid] = holds[kind] ?? [1, 0, 0];
  const has =
    (random.chance(user) ? USER : 0) | (random.chance(device) ? DEVICE : 0) | (random.chance(openid) ? OPENID : 0);
  return (has === 0 ? DEVICE : has) | (kind > 0 ? PHONE : 0);
}

/** Following and membership, from some day of the history on. */
function relate(scene: Scene, person: Person, leaning: Leaning): void {
  const { random, household } = scene;
  const platform = person.has & USER ? 'tmall' : person.has & OPENID ? 'wechat' : 'douyin';
  const tail = shopTail(scene.world, platform);
  const say = (behavior: string, at: number) =>
    touch(scene, person, { at, behavior, ids: rowIds(scene, person, platform), tail });
  if (random.chance(leaning.follow)) {
    const at = anyTime(scene);
    say(random.chance(0.7) ? 'follow' : 'favorite_shop', at);
    if (random.chance(0.15)) say('unfollow', at + random.between(5, 300) * secondsPerDay);
  }
  if (!random.chance(leaning.join) || !(person.has & (USER | OPENID))) return;
  const joinAt = anyTime(scene);
  const leaveAt = joinAt + random.between(20, 400) * secondsPerDay;
  const quitAt = random.chance(0.12) && leaveAt < historyEnd ? leaveAt : -1;
  const ids = MEMBER | (person.has & USER || OPENID) | (random.chance(0.7) ? person.has & PHONE : 0);
  const orders = household.orders.filter((order) => order.who === person.who && order.payAt >= 0).length;
  const tier = Math.min(4, 1 + Math.floor(orders / 2));
  household.memberships.push({ who: person.who, ids, joinAt, quitAt, tier, points: orders * random.between(60, 300) });
  say('join', joinAt);
  if (quitAt >= 0) say('quit', quitAt);
}

/** The shop's staff put the shop's own phone where a customer's belongs. */
function borrowShopPhone(scene: Scene, phone: number): void {
  const person = nth(scene.household.persons, 0);
  if (!(person.has & USER)) return;
  const row = {
    at: anyTime(scene),
    behavior: 'consult',
    who: 0,
    ids: USER,
    tail: shopTail(scene.world, 'tmall'),
    slot: -1,
  };
  push(scene, { ...row, odd: shopPhoneBase + phone });
}

/** Aware through the campaign before its week; within it two in five turn to interest. */
function campaignPerson(scene: Scene): Household {
  const { random, household, world } = scene;
  const person = { who: 0, number: household.index * 4, has: USER, linked: false, profile: undefined, mother: false };
  household.persons.push(person);
  const week = campaignWeek(world.calendar.end);
  const start = dayNumber(week.from) - dayNumber(world.calendar.from);
  const slot = slotOf(campaignPlace, random.below(3));
  for (let i = random.between(1, 3); i > 0; i--) {
    const at = moment(scene, start - random.below(4));
    push(scene, { at, behavior: 'impression', who: 0, ids: USER, tail: '', slot, odd: 0 });
  }
  household.planted = Math.floor(household.index / 50) % 5 < campaignShare * 5 ? 2 : 1;
  if (household.planted === 2) {
    const at = moment(scene, start + random.between(1, 7));
    const tail = itemTail(world, 'taobao', itemOn(scene, at));
    push(scene, { at, behavior: random.pick(['cart', 'favorite']), who: 0, ids: USER, tail, slot: -1, odd: 0 });
  }
  for (const set of linkedSets(household)) splash(scene, set);
  return household;
}

function anyTime(scene: Scene): number {
  return moment(scene, scene.random.draw(scene.world.calendar.touchDays));
}
