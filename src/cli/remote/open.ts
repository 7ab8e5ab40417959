import type { Environment } from '../../app/config.ts';
import { findDoor } from '../../app/door.ts';
import { homeDir } from '../../app/home.ts';
import type { Product } from '../product.ts';

/** The home itself, or the server that holds it. */
export async function openHere(dir: string | undefined, env: Environment, now: () => Date): Promise<Product> {
  const door = findDoor(homeDir(dir, env));
  if (door) return (await import('./product.ts')).remoteProduct(door);
  return (await import('../../app/product.ts')).openProduct(dir, env, now);
}
