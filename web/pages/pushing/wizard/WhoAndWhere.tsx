import { Alert, Button, Form, Input, Select } from 'antd';
import { Link } from 'wouter';
import { useAudiences } from '../../../data/audiences.ts';
import { useDestinationKinds, useDestinations } from '../../../data/pushes.ts';
import { useText } from '../../../text/useText.ts';
import { AudienceSelect } from '../../../ui/form/AudienceSelect.tsx';
import { usePushWords } from '../usePushWords.ts';
import { identifierKey, identifierOf } from './draft.ts';
import type { WizardPart } from './Wizard.tsx';

/** Whom a push takes, where it goes, and by which identifiers. */
export function WhoAndWhere({ draft, onChange }: WizardPart) {
  const p = useText().pushes;
  const w = p.wizard;
  const { data: audiences } = useAudiences();
  const { data: places } = useDestinations();
  const words = usePushWords();
  const kind = places?.find(({ name }) => name === draft.destination)?.kind;
  const shown = places?.map((place) => ({ value: place.name, label: `${place.name} · ${words.kind(place.kind)}` }));
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={p.name} htmlFor="push-name">
        <Input
          id="push-name"
          autoFocus
          maxLength={200}
          placeholder={w.namePlaceholder}
          value={draft.name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Form.Item>
      <Form.Item label={p.audience} htmlFor="push-audience">
        {audiences?.length === 0 ? (
          <Missing title={w.noAudience} href="/audiences/new" action={w.toAudiences} />
        ) : (
          <AudienceSelect
            id="push-audience"
            label={p.audience}
            value={draft.audience}
            onChange={(audience) => onChange({ audience })}
          />
        )}
      </Form.Item>
      <Form.Item label={p.destination} htmlFor="push-destination">
        {places?.length === 0 ? (
          <Missing title={w.noPlace} href="/pushes?tab=destinations&add=1" action={w.toPlaces} />
        ) : (
          <Select
            id="push-destination"
            aria-label={p.destination}
            placeholder={p.destination}
            value={draft.destination === '' ? null : draft.destination}
            options={shown ?? []}
            onChange={(destination: string) => onChange({ destination, identifiers: [] })}
          />
        )}
      </Form.Item>
      {kind === undefined ? null : <IdentifiersField kind={kind} draft={draft} onChange={onChange} />}
    </Form>
  );
}

interface MissingProps {
  readonly title: string;
  readonly href: string;
  readonly action: string;
}

function Missing({ title, href, action }: MissingProps) {
  return (
    <Alert
      type="info"
      showIcon
      title={title}
      action={
        <Link href={href}>
          <Button size="small">{action}</Button>
        </Link>
      }
    />
  );
}

/** Types that a home keeps as they are unless it is set otherwise; all others leave as digests only. */
const open: ReadonlySet<string> = new Set(['user', 'member', 'cookie']);

/** What a kind takes, by type and form; `*` is every type that is known here, and others by hand. */
function offered(takes: readonly string[], types: readonly string[]): string[] {
  const keys = takes.flatMap((key) => {
    const [type, form] = key.split(':');
    return type === '*' ? types.map((each) => `${each}:${form}`) : [key];
  });
  return keys.filter((key) => !key.endsWith(':plain') || open.has(key.split(':')[0] ?? ''));
}

function IdentifiersField({ kind, draft, onChange }: WizardPart & { readonly kind: string }) {
  const t = useText();
  const { pushes: p } = t;
  const words = usePushWords();
  const { data: kinds = [] } = useDestinationKinds();
  const takes = kinds.find(({ id }) => id === kind)?.identifiers ?? [];
  const isOpen = takes.some((key) => key.startsWith('*:'));
  const isWrong = draft.identifiers.some((key) => !identifierKey.test(key));
  const options = offered(takes, Object.keys(t.data.identifiers)).map((value) => ({
    value,
    label: words.identifier(value),
  }));
  return (
    <Form.Item
      label={p.identifiers}
      htmlFor="push-identifiers"
      extra={`${p.wizard.identifiersLead}${isOpen ? ` ${p.wizard.identifierForms}` : ''}`}
      {...(isWrong ? { validateStatus: 'error' as const, help: p.wizard.badIdentifier } : {})}
    >
      <Select
        id="push-identifiers"
        mode={isOpen ? 'tags' : 'multiple'}
        aria-label={p.identifiers}
        placeholder={isOpen ? p.wizard.pickIdentifiers : p.wizard.all}
        showSearch={{ optionFilterProp: 'label' }}
        value={[...draft.identifiers]}
        options={options}
        onChange={(typed: string[]) =>
          onChange({ identifiers: [...new Set(typed.map((each) => identifierOf(each, options)))] })
        }
      />
    </Form.Item>
  );
}
