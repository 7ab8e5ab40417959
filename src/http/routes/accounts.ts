import { z } from 'zod';
import { done, pageOf, pageQuery } from '../../api/common.ts';
import {
  apiKey,
  apiKeyMade,
  auditEntry,
  newApiKey,
  newUser,
  user,
  userChange,
  userMade,
  userName,
} from '../../api/session.ts';
import { type Route, route } from '../route.ts';
import { callerOf, sessionRoutes } from './session.ts';

const named = z.object({ name: userName });

type Page = z.output<typeof pageQuery>;

/** A page of things in the order of their names; the name of its last is the cursor of the next. */
function pageByName<T extends { readonly name: string }>(all: readonly T[], { limit, cursor }: Page) {
  const order = (one: string, other: string) => (one < other ? -1 : 1);
  const rest = all.filter(({ name }) => cursor === undefined || name > cursor);
  const items = rest.toSorted((one, other) => order(one.name, other.name)).slice(0, limit);
  const last = items.at(-1);
  return rest.length > items.length && last ? { items, next: last.name } : { items };
}

const userRoutes: readonly Route[] = [
  route({
    id: 'users.list',
    method: 'get',
    path: '/api/users',
    permission: 'administer',
    summary: { zh: '用户', en: 'Users' },
    query: pageQuery,
    answer: pageOf(user),
    handle: async ({ services, query }) => pageByName(await services.accounts.users(), query),
  }),
  route({
    id: 'users.add',
    method: 'post',
    path: '/api/users',
    permission: 'administer',
    summary: { zh: '新增用户，初始密码只显示一次', en: 'Add a user; the first password is told once' },
    body: newUser,
    answer: userMade,
    status: 201,
    handle: async (call) => call.services.accounts.addUser(call.body, callerOf(call)),
  }),
  route({
    id: 'users.change',
    method: 'patch',
    path: '/api/users/{name}',
    permission: 'administer',
    summary: { zh: '修改角色、停用或重置密码', en: 'Change the role, disable, or reset the password' },
    params: named,
    body: userChange,
    answer: userMade,
    handle: async (call) => call.services.accounts.changeUser(call.params.name, call.body, callerOf(call)),
  }),
  route({
    id: 'users.remove',
    method: 'delete',
    path: '/api/users/{name}',
    permission: 'administer',
    summary: { zh: '删除用户', en: 'Remove a user' },
    params: named,
    answer: done,
    handle: async (call) => call.services.accounts.removeUser(call.params.name, callerOf(call)),
  }),
];

const keyRoutes: readonly Route[] = [
  route({
    id: 'keys.list',
    method: 'get',
    path: '/api/keys',
    permission: 'administer',
    summary: { zh: '程序密钥', en: 'Keys of programs' },
    query: pageQuery,
    answer: pageOf(apiKey),
    handle: async ({ services, query }) => pageByName(await services.accounts.keys(), query),
  }),
  route({
    id: 'keys.add',
    method: 'post',
    path: '/api/keys',
    permission: 'administer',
    summary: { zh: '新增密钥，密钥只显示一次', en: 'Add a key; it is told once' },
    body: newApiKey,
    answer: apiKeyMade,
    status: 201,
    handle: async (call) => call.services.accounts.addKey(call.body, callerOf(call)),
  }),
  route({
    id: 'keys.remove',
    method: 'delete',
    path: '/api/keys/{name}',
    permission: 'administer',
    summary: { zh: '撤销密钥', en: 'Take a key back' },
    params: named,
    answer: done,
    handle: async (call) => call.services.accounts.removeKey(call.params.name, callerOf(call)),
  }),
];

const auditRoutes: readonly Route[] = [
  route({
    id: 'audit.list',
    method: 'get',
    path: '/api/audit',
    permission: 'administer',
    summary: { zh: '审计：每次变更，最近的在前', en: 'Audit: every change, the latest first' },
    query: pageQuery,
    answer: pageOf(auditEntry),
    handle: async ({ services, query }) => services.accounts.audit(query),
  }),
];

/** Sessions, users, keys of programs, and the audit. */
export const accountRoutes: readonly Route[] = [...sessionRoutes, ...userRoutes, ...keyRoutes, ...auditRoutes];
