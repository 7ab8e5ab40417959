import { type DragEvent, useState } from 'react';
import { useBuild } from './build.ts';
import { find, moved } from './tree.ts';

type Side = 'before' | 'behind';

/** Where the dragged node would go when it is dropped on a part of a group: before it or behind it. */
export function useDropping(group: number, at: number, id: number | undefined) {
  const { root, change, dragged, drag } = useBuild();
  const [side, setSide] = useState<Side>();
  const node = dragged === undefined ? undefined : find(root, dragged);
  const takes = node !== undefined && dragged !== id && find(node, group) === undefined;
  const sideOf = (event: DragEvent<HTMLElement>): Side => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return id === undefined || event.clientY < top + height / 2 ? 'before' : 'behind';
  };
  const onDragOver = (event: DragEvent<HTMLElement>) => {
    if (!takes) return;
    event.preventDefault();
    event.stopPropagation();
    setSide(sideOf(event));
  };
  const onDrop = (event: DragEvent<HTMLElement>) => {
    if (!takes || dragged === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    change(moved(root, dragged, group, sideOf(event) === 'behind' ? at + 1 : at));
    setSide(undefined);
    drag(undefined);
  };
  return {
    'data-drop': takes ? side : undefined,
    onDragOver,
    onDragLeave: () => setSide(undefined),
    onDrop,
  };
}
