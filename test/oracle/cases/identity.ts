import type { Case } from '../cases.ts';
import type { Row } from '../world.ts';
import { bought, did } from './rows.ts';

const on = '2026-06-30';

/** Someone seen on 2026-06-20 with these identifiers beside `id_user`. */
const seen = (id_user: string, ids: Row = {}): Row => did(id_user, 'impression', '2026-06-20', ids);

/** Who is one consumer, told by stages: two purchases on two days make loyal only whom identity joins. */
export const identityCases: readonly Case[] = [
  {
    name: 'a phone in two spellings joins two users, whose purchases add up',
    rows: {
      orders: [
        bought('phone-a', '2026-05-01', { id_phone: '+86 138-0000-1001' }),
        bought('phone-b', '2026-05-02', { id_phone: '13800001001' }),
      ],
    },
    on,
    expect: { stages: { 'phone-a': 'L', 'phone-b': 'L' } },
  },
  {
    name: 'a phone with 0086 is the same phone, one digit off is another',
    rows: {
      orders: [
        bought('0086-a', '2026-05-01', { id_phone: '008613800001002' }),
        bought('0086-b', '2026-05-02', { id_phone: '138 0000 1002' }),
        bought('0086-c', '2026-05-03', { id_phone: '13800001003' }),
      ],
    },
    on,
    expect: { stages: { '0086-a': 'L', '0086-b': 'L', '0086-c': 'P' } },
  },
  {
    name: 'an e-mail joins whatever its case',
    rows: {
      orders: [
        bought('mail-a', '2026-05-01', { id_email: ' Li.Lei@Example.com ' }),
        bought('mail-b', '2026-05-02', { id_email: 'li.lei@example.COM' }),
      ],
    },
    on,
    expect: { stages: { 'mail-a': 'L', 'mail-b': 'L' } },
  },
  {
    name: 'a chain of three identifiers over entities is one consumer',
    rows: {
      orders: [bought('chain-a', '2026-05-01', { id_device: 'chain-device' })],
      events: [
        seen('', { id_device: 'chain-device', id_phone: '13800001004' }),
        did('', 'pay', '2026-05-02', { id_phone: '13800001004', id_member: 'chain-member' }),
      ],
      reviews: [],
      members: [{ id_member: 'chain-member', id_openid: 'chain-openid', join_time: '2026-01-01', quit_time: '' }],
    },
    on,
    expect: { stages: { 'chain-a': 'L' } },
  },
  {
    name: 'the same value under two types joins nobody',
    rows: {
      orders: [
        bought('type-a', '2026-05-01', { id_device: '7f3a' }),
        bought('type-b', '2026-05-02', { id_oaid: '7f3a' }),
      ],
    },
    on,
    expect: { stages: { 'type-a': 'P', 'type-b': 'P' } },
  },
  {
    name: 'a row linked later counts on all past days too',
    rows: {
      orders: [bought('late-a', '2026-05-01'), bought('late-b', '2026-05-02')],
      events: [
        did('late-a', 'impression', '2026-07-10', { id_phone: '13800001005' }),
        did('late-b', 'impression', '2026-07-11', { id_phone: '13800001005' }),
      ],
    },
    on,
    expect: { stages: { 'late-a': 'L', 'late-b': 'L' } },
  },
  ...['0', '-', 'null', 'NULL', 'None', 'Unknown', 'ANONYMOUS', '000000000000', 'ffffff'].map((value) => ({
    name: `the blocked device "${value}" joins nobody`,
    rows: {
      orders: [
        bought(`blocked ${value} a`, '2026-05-01', { id_device: value }),
        bought(`blocked ${value} b`, '2026-05-02', { id_device: value }),
      ],
    },
    on,
    expect: { stages: { [`blocked ${value} a`]: 'P', [`blocked ${value} b`]: 'P' } as const },
  })),
  {
    name: 'a phone of eleven ones joins nobody, however it is written',
    rows: {
      orders: [
        bought('ones-a', '2026-05-01', { id_phone: '11111111111' }),
        bought('ones-b', '2026-05-02', { id_phone: '+86 111-1111-1111' }),
      ],
    },
    on,
    expect: { stages: { 'ones-a': 'P', 'ones-b': 'P' } },
  },
  {
    name: 'one character five times over is a value like any other',
    rows: {
      orders: [
        bought('five-a', '2026-05-01', { id_device: 'eeeee' }),
        bought('five-b', '2026-05-02', { id_device: 'eeeee' }),
      ],
    },
    on,
    expect: { stages: { 'five-a': 'L', 'five-b': 'L' } },
  },
  ...[
    { users: 10, stage: 'L', name: 'a phone seen with ten users joins them all' } as const,
    { users: 11, stage: 'P', name: 'a phone seen with eleven users is shared and joins nobody' } as const,
  ].map(({ users, stage, name }) => {
    const ids = Array.from({ length: users }, (_, index) => `phone of ${users} ${index}`);
    const id_phone = `138000020${users}`;
    return {
      name,
      rows: { orders: ids.map((id, index) => bought(id, `2026-05-${index + 11}`, { id_phone })) },
      on,
      expect: { stages: Object.fromEntries(ids.map((id) => [id, stage])) },
    };
  }),
  {
    name: 'a device seen with eleven members is shared though it knows one user',
    rows: {
      events: Array.from({ length: 11 }, (_, index) =>
        did('', 'pay', `2026-05-${index + 11}`, { id_device: 'till', id_member: `till member ${index}` }),
      ),
      orders: [bought('till-user', '2026-05-01', { id_device: 'till' })],
    },
    on,
    expect: { stages: { 'till-user': 'P' } },
  },
];

const household = Array.from({ length: 11 }, (_, index) => `u${index}`);

/** Who is one consumer, told by the consumers themselves; each in a home of its own. */
export const guardCases: readonly Case[] = [
  {
    name: 'a shared phone links nothing, and a row that has nothing else is unidentified',
    rows: {
      events: [...household.map((id) => seen(id, { id_phone: '13800000000' })), seen('', { id_phone: '13800000000' })],
    },
    on,
    expect: { consumers: household.map((id) => [id]), unidentified: 1 },
  },
  {
    name: 'a row of blocked identifiers only is unidentified, whatever its entity',
    rows: {
      events: [seen('u'), seen('0'), seen(' NULL '), seen('', { id_phone: 'n/a', id_device: '-' })],
      orders: [bought('', '2026-05-01', { id_phone: '00000000000' })],
      members: [{ id_member: 'unknown', join_time: '2026-01-01', quit_time: '' }],
      reviews: [{ review_id: 'r', review_time: '2026-06-01', id_user: 'anonymous', rating: '5' }],
    },
    on,
    expect: { consumers: [['u']], unidentified: 6, stages: { u: 'A' } },
  },
  {
    name: 'the guard cuts one identifier, the others of the same rows still link',
    rows: {
      events: [
        ...household.map((id) => seen(id, { id_phone: '13800000000' })),
        seen('u0', { id_phone: '13800000000', id_device: 'd' }),
        seen('u1', { id_phone: '13800000000', id_device: 'd' }),
      ],
    },
    on,
    expect: { consumers: [['u0', 'u1'], ...household.slice(2).map((id) => [id])], unidentified: 0 },
  },
  {
    name: 'a pay event whose order stands on an unidentified row counts for nothing',
    rows: {
      events: [did('u', 'pay', '2026-05-01', { order_id: 'o' })],
      orders: [bought('-', '2026-05-01', { order_id: 'o' })],
    },
    on,
    expect: { stages: { u: 'none' }, unidentified: 1 },
  },
];
