import type { Day } from '../base/day.ts';
import type { EntityName } from '../model/entities.ts';
import { brand, decliningItem, risingItem, secondBrand } from './catalog.ts';
import { familyPhone, shopPhone } from './identifiers.ts';
import { campaignWeek, idleChannel } from './media.ts';
import { repeatChance } from './purchases.ts';
import type { Sheets } from './sheets.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';

/** How to see a truth in the product's own answers. */
interface Findable {
  readonly find: string;
}

/** What the generator knows of the brand it made. Consumers are those of the default identity rules; money is in fen. */
export interface DemoManifest {
  readonly brands: readonly string[];
  readonly seed: number;
  readonly from: Day;
  readonly end: Day;
  readonly files: readonly { readonly file: string; readonly entity: EntityName; readonly rows: number }[];
  readonly identity: Findable & {
    /** Human beings, however many traces they leave. */
    readonly persons: number;
    /** Persons of whom two or more identifiers are linked. */
    readonly linkedPersons: number;
    readonly consumers: number;
    /** Rows of events whose identifiers link nothing. */
    readonly unidentifiedEvents: number;
    readonly familyPhones: { readonly count: number; readonly sample: readonly string[] };
    /** Phones the guard must cut, with the accounts seen with each. */
    readonly shopPhones: readonly { readonly phone: string; readonly users: number }[];
  };
  readonly sales: Findable & {
    readonly orders: number;
    readonly paidOrders: number;
    readonly lines: number;
    /** Lines paid and not fully refunded at the end. */
    readonly paidLines: number;
    /** Consumers with such a line. */
    readonly buyers: number;
    readonly netAmount: number;
    readonly netAmountByCategory: Readonly<Record<string, number>>;
    /** Of lines once paid, those fully refunded. */
    readonly refundedLines: number;
    readonly fullRefundShare: number;
  };
  /** Units of all paid lines in eight equal parts of the history, to set an item's against. */
  readonly units: readonly number[];
  /** Consumers in the two upper stages at the end. */
  readonly stages: Findable & { readonly P: number; readonly L: number };
  readonly members: Findable & { readonly joined: number; readonly current: number };
  /** The campaign that moved a known share of the aware to interest between two days. */
  readonly campaignWeek: Findable & {
    readonly campaignId: string;
    readonly from: Day;
    readonly to: Day;
    readonly aware: number;
    readonly moved: number;
    readonly rate: number;
  };
  /** The channel that does nothing: consumers it reached and others, and the buyers among each. */
  readonly idleChannel: Findable & {
    readonly channel: string;
    readonly exposed: number;
    readonly exposedBuyers: number;
    readonly others: number;
    readonly otherBuyers: number;
  };
  /** Units of paid lines in eight equal parts of the history. */
  readonly decliningItem: Findable & { readonly itemId: string; readonly units: readonly number[] };
  readonly risingItem: Findable & { readonly itemId: string; readonly launch: Day; readonly units: readonly number[] };
  /** Buyers with a profile whose first pay day lies 90 days or more before the end; `again` paid on another day within 90. */
  readonly mothers: Findable & {
    readonly mothers: Repurchase;
    readonly others: Repurchase;
    /** The chance that was planted. */
    readonly planted: { readonly mothers: number; readonly others: number };
  };
}

export interface Repurchase {
  readonly buyers: number;
  readonly again: number;
}

/** The manifest of a brand that is wholly written. */
export function manifestOf(world: World, sheets: Sheets, tally: Tally): DemoManifest {
  const { from, end } = world.calendar;
  return {
    brands: [brand, secondBrand],
    seed: world.seed,
    from,
    end,
    files: sheets.counts(),
    identity: identityOf(tally),
    sales: salesOf(tally),
    units: tally.allUnits(),
    stages: { ...tally.stages, find: `run aipl-stock --on ${end}: the rows P and L` },
    members: { ...tally.members, find: `run fast --from ${end} --to ${end}: S is the current members` },
    campaignWeek: campaignOf(world, tally),
    idleChannel: {
      channel: idleChannel,
      ...tally.idle,
      find: 'compare the share of buyers among consumers with an event of the channel and among the rest',
    },
    decliningItem: {
      itemId: decliningItem,
      units: tally.unitsOf(decliningItem),
      find: 'sum the quantity of paid lines of the item in eight equal parts of the two years',
    },
    risingItem: {
      itemId: risingItem,
      launch: world.catalog.items.find((item) => item.id === risingItem)?.launch ?? end,
      units: tally.unitsOf(risingItem),
      find: 'the same for this item: nothing before its launch, then more each month',
    },
    mothers: {
      ...tally.repurchase,
      planted: { mothers: repeatChance.mother, others: repeatChance.other },
      find: `run repurchase --on ${end} --within_days 90 for the audience gender f, baby_age at most 3, and for the rest`,
    },
  };
}

function identityOf(tally: Tally): DemoManifest['identity'] {
  return {
    persons: tally.persons,
    linkedPersons: tally.linkedPersons,
    consumers: tally.consumers,
    unidentifiedEvents: tally.unidentifiedEvents,
    familyPhones: { count: tally.family.count, sample: tally.family.households.map(familyPhone) },
    shopPhones: tally.shopPhoneUsers.map((users, i) => ({ phone: shopPhone(i), users })),
    find: 'the import report gives consumers and unidentified rows; a family phone joins its accounts, a shop phone none',
  };
}

function salesOf(tally: Tally): DemoManifest['sales'] {
  const { orders, paidOrders, lines, paidLines, buyers, netAmount, netAmountByCategory, refundedLines } = tally;
  return {
    ...{ orders, paidOrders, lines, paidLines, buyers, netAmount, netAmountByCategory, refundedLines },
    fullRefundShare: refundedLines / tally.oncePaidLines,
    find: 'paid lines of the whole history as of the end, less refunds',
  };
}

function campaignOf({ calendar }: World, { planted }: Tally): DemoManifest['campaignWeek'] {
  const { id, from, to } = campaignWeek(calendar.end);
  return {
    campaignId: id,
    from,
    to,
    ...planted,
    rate: planted.moved / planted.aware,
    find: `run aipl-flow --from ${from} --to ${to} for the audience with an impression of campaign ${id}: A to I`,
  };
}
