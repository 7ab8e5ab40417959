import { z } from 'zod';
import { pageOf } from '../../api/common.ts';
import {
  destination,
  destinationKind,
  destinationMade,
  push,
  pushLogRow,
  pushPreview,
  pushRun,
} from '../../api/pushes.ts';
import { NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Pushing } from '../product.ts';
import type { Client } from './client.ts';

/** Pushes as the server that holds the home gives them. */
export function remotePushing(client: Client): Pushing {
  const destinations = () => client.get('/api/destinations', z.array(destination));
  const list = () => client.get('/api/pushes', z.array(push));
  const pathOf = async (name: string): Promise<string> => {
    const found = (await list()).find((each) => each.name === name);
    if (!found) throw new NotFoundError('push', say('push.none', { name }));
    return `/api/pushes/${found.id}`;
  };
  const asked = (on: string | undefined) => (on === undefined ? {} : { on });
  return {
    kinds: () => client.get('/api/destinations/kinds', z.array(destinationKind)),
    destinations,
    addDestination: (given) => client.send('POST', '/api/destinations', given, destinationMade),
    removeDestination: async (name) => {
      const found = (await destinations()).find((each) => each.name === name);
      if (!found) throw new NotFoundError('destination', say('push.place', { name }));
      await client.send('DELETE', `/api/destinations/${found.id}`, undefined, z.unknown());
    },
    list,
    show: async (name) => client.get(await pathOf(name), push),
    create: (given) => client.send('POST', '/api/pushes', given, push),
    remove: async (name) => void (await client.send('DELETE', await pathOf(name), undefined, z.unknown())),
    preview: async (name, on) => client.send('POST', `${await pathOf(name)}/preview`, asked(on), pushPreview),
    run: async (name, { on }, watch) =>
      pushRun.parse(await client.work('POST', `${await pathOf(name)}/run`, asked(on), watch)),
    log: async (name, query) => client.get(`${await pathOf(name)}/log?${queryOf(query)}`, pageOf(pushLogRow)),
    file: async (name, query) => ({ body: [await client.text(`${await pathOf(name)}/file?${queryOf(query)}`)] }),
  };
}

function queryOf(query: object): string {
  const some = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(some.map(([name, value]): [string, string] => [name, String(value)])).toString();
}
