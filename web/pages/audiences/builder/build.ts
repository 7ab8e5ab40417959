import { createContext, type RefObject, useContext } from 'react';
import type { Text } from '../../../../src/base/text.ts';
import type { Beginning } from '../kinds/form.ts';
import type { Figure } from './figures.ts';
import type { Group } from './tree.ts';

/** The rule that is being built, and all that its parts need to know of it. */
export interface Build {
  readonly root: Group;
  change(root: Group, about?: string): void;
  /** How many consumers a node takes; of the rule before, while a change is counted. */
  readonly figures: ReadonlyMap<number, Figure>;
  /** The figures are those of a rule before. */
  readonly isStale: boolean;
  readonly sentences: ReadonlyMap<number, Text>;
  readonly faults: ReadonlyMap<number, readonly string[]>;
  /** All consumers of the home. */
  readonly everybody: number;
  readonly beginning: Beginning;
  /** The node that is being dragged. */
  readonly dragged: number | undefined;
  drag(id: number | undefined): void;
  /** The node whose handle is to have the focus again once it has been moved. */
  readonly handled: RefObject<number | undefined>;
}

export const BuildContext = createContext<Build | undefined>(undefined);

export function useBuild(): Build {
  const build = useContext(BuildContext);
  if (!build) throw new Error('A part of a rule stands outside the builder.');
  return build;
}
