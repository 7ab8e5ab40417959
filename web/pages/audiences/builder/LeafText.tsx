import { Input } from 'antd';
import { useState } from 'react';
import { useText } from '../../../text/useText.ts';
import { LacksError, sayReading } from '../../../ui/readingFault.ts';
import { isObject } from '../kinds/bodies.ts';
import { type Leaf, ruleOf } from './tree.ts';

interface LeafTextProps {
  readonly leaf: Leaf;
  readonly label: string;
  readonly onChange: (leaf: Pick<Leaf, 'kind' | 'body'>) => void;
}

/** A condition as JSON, for kinds and parts that no form shows. */
export function LeafText({ leaf, label, onChange }: LeafTextProps) {
  const { audiences, ui } = useText();
  const [text, setText] = useState(() => JSON.stringify(ruleOf({ ...leaf, nots: 0 }), null, 1));
  const [fault, setFault] = useState('');
  const read = (next: string) => {
    setText(next);
    try {
      onChange(readLeaf(next, audiences.text.object));
      setFault('');
    } catch (error) {
      setFault(sayReading(error, next, ui));
    }
  };
  return (
    <>
      <Input.TextArea
        className="qc-rule-text"
        aria-label={`${label} JSON`}
        spellCheck={false}
        autoSize={{ minRows: 2, maxRows: 12 }}
        value={text}
        {...(fault ? { status: 'error' as const } : {})}
        onChange={({ target }) => read(target.value)}
      />
      {fault ? <div className="qc-rule-faults">{audiences.build.badText(fault)}</div> : null}
    </>
  );
}

function readLeaf(text: string, lacking: string): Pick<Leaf, 'kind' | 'body'> {
  const read: unknown = JSON.parse(text);
  const [entry, ...more] = isObject(read) ? Object.entries(read) : [];
  if (!entry || more.length > 0) throw new LacksError([lacking]);
  return { kind: entry[0], body: entry[1] };
}
