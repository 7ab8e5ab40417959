import { HolderOutlined } from '@ant-design/icons';
import { type DragEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { useText } from '../../../text/useText.ts';
import { useBuild } from './build.ts';
import { type Step, stepped } from './tree.ts';

const steps: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
};

interface MoveHandleProps {
  readonly id: number;
  /** What is moved, in words. */
  readonly what: string;
}

/** Moves a condition or a group: dragged, or with the arrow keys. */
export function MoveHandle({ id, what }: MoveHandleProps) {
  const { root, change, drag, handled } = useBuild();
  const t = useText().audiences.build;
  const handle = useRef<HTMLSpanElement>(null);
  // Note: the browser takes the focus from an element that goes to another place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new root is what moved it
  useEffect(() => {
    if (handled.current !== id) return;
    handled.current = undefined;
    handle.current?.focus();
  }, [root, id, handled]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    handled.current = id;
    change(stepped(root, id, step));
  };
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', what);
    const row = handle.current?.closest('.qc-rule-node');
    if (row) event.dataTransfer.setDragImage(row, 12, 12);
    drag(id);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: not every browser drags a button
    <span
      ref={handle}
      role="button"
      tabIndex={0}
      className="qc-rule-handle"
      draggable
      aria-label={t.drag(what)}
      title={t.drag(what)}
      onKeyDown={onKeyDown}
      onDragStart={onDragStart}
      onDragEnd={() => drag(undefined)}
    >
      <HolderOutlined />
    </span>
  );
}
