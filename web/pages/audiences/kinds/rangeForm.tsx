import { isRange, type Range } from './bodies.ts';
import { RangeField } from './fields.tsx';
import { defineForm, type FormProps, type KindForm } from './form.ts';

function Form({ title, body, onChange }: FormProps<Range>) {
  return <RangeField label={title} shown={false} value={body} onChange={(next = {}) => onChange(next, 'bounds')} />;
}

/** A condition that is nothing but the bounds of a number. */
export function rangeForm(name: string, beginning: Range): KindForm {
  return defineForm<Range>({
    name,
    group: 'person',
    fresh: () => beginning,
    fits: (body): body is Range => isRange(body),
    Form,
  });
}
