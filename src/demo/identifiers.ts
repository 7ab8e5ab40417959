import { DEVICE, junk, MEMBER, OPENID, type Person, PHONE, shopPhoneBase, USER } from './household.ts';
import { scramble } from './random.ts';

const nicks = ['tb', 'tb', 'tb', 'xiaolu', 'nuomi', 'ayuan', 'linlin', 'qiuqiu', 'momo', 't_'];

/** An account of the marketplace: no two persons share one. */
export function userId(person: Person): string {
  const digits = String(scramble(person.number)).padStart(10, '0');
  return `${nicks[person.number % 11] ?? 'tb'}${digits}`;
}

export function deviceId(person: Person): string {
  return hex(scramble(person.number ^ 0x5bd1e995)) + hex(scramble(person.number + 17));
}

/** As the mini programme gives it: 28 characters beginning with o. */
export function openId(person: Person): string {
  const mark = scramble(person.number ^ 0x2545f491)
    .toString(36)
    .padStart(7, '0');
  return `oXm5${mark}${hex(scramble(person.number * 3 + 1))}-${hex(scramble(person.number * 5 + 2))}`;
}

export function memberId(person: Person): string {
  return `XMVIP${String(person.number).padStart(9, '0')}`;
}

/** A number of a series that nobody holds; the household's, in the plain form. */
export function familyPhone(household: number): string {
  return `199${String(household).padStart(8, '0')}`;
}

/** Phones of the shop itself, which its staff put where a customer's belongs. */
export function shopPhone(index: number): string {
  return `1999999900${index + 1}`;
}

/** The forms in which exports write one number; most are plain. */
export function phoneForm(phone: string, row: number): string {
  switch (row % 29) {
    case 3:
    case 11:
      return `+86${phone}`;
    case 7:
      return `0086-${phone}`;
    case 13:
      return `+86 ${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`;
    default:
      return phone;
  }
}

/** The identifiers of a row: user, device, openid, phone, member; empty where it has none. */
export interface Names {
  readonly user: string;
  readonly device: string;
  readonly openid: string;
  readonly phone: string;
  readonly member: string;
}

/** All names of a person, made once. */
export function namesOf(person: Person, household: number): Names {
  return {
    user: person.has & USER ? userId(person) : '',
    device: person.has & DEVICE ? deviceId(person) : '',
    openid: person.has & OPENID ? openId(person) : '',
    phone: familyPhone(household),
    member: memberId(person),
  };
}

/** The names that stand on a row, given its bits and its number in the file. */
export function namesOn(names: Names, ids: number, row: number): Names {
  return {
    user: ids & USER ? names.user : '',
    device: ids & DEVICE ? names.device : '',
    openid: ids & OPENID ? names.openid : '',
    phone: ids & PHONE ? phoneForm(names.phone, row) : '',
    member: ids & MEMBER ? names.member : '',
  };
}

/** The device cell of an event: its own, or a value that links nothing. */
export function deviceCell(own: string, odd: number): string {
  return odd > 0 && odd < shopPhoneBase ? (junk[odd] ?? '') : own;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
