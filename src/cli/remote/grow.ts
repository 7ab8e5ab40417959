import { resolve } from 'node:path';
import { z } from 'zod';
import { idList } from '../../api/lists.ts';
import { lookalike } from '../../api/lookalikes.ts';
import { NotFoundError } from '../../base/errors.ts';
import { say } from '../../base/faults/say.ts';
import type { Product } from '../product.ts';
import type { Client } from './client.ts';

type Grow = 'trainLookalike' | 'lookalikes' | 'lookalike' | 'removeLookalike' | 'uploadList' | 'idLists' | 'removeList';

/** Lookalikes and lists of the home of a server. */
export function remoteGrow(client: Client): Pick<Product, Grow> {
  const idLists = () => client.get('/api/lists', z.array(idList));
  return {
    trainLookalike: async (given, watch) => lookalike.parse(await client.work('POST', '/api/lookalikes', given, watch)),
    lookalikes: () => client.get('/api/lookalikes', z.array(lookalike)),
    lookalike: (id) => client.get(`/api/lookalikes/${id}`, lookalike),
    removeLookalike: async (id) => void (await client.send('DELETE', `/api/lookalikes/${id}`, undefined, z.unknown())),
    uploadList: (path, given) => client.send('POST', '/api/lists', { ...given, path: resolve(path) }, idList),
    idLists,
    removeList: async (name) => {
      const found = (await idLists()).find((each) => each.name === name);
      if (!found) throw new NotFoundError('list', say('list.none', { name }));
      await client.send('DELETE', `/api/lists/${found.id}`, undefined, z.unknown());
    },
  };
}
