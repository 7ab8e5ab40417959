import { App, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { CutPreview, CutRequest, LinkReport } from '../../../src/api/links.ts';
import { useCutPreview, useCutting } from '../../data/links.ts';
import { useFormat } from '../../format/useFormat.ts';
import { useText } from '../../text/useText.ts';
import { Failed, sayError } from '../../ui/Failed.tsx';
import { type CutChoice, cutChoices } from './cutChoices.ts';
import { Named } from './Named.tsx';

interface CutDialogProps {
  readonly card: LinkReport['cards'][number];
  readonly onClose: () => void;
}

/** Asks which cut is meant, and shows what it would change before it is made. */
export function CutDialog({ card, onClose }: CutDialogProps) {
  const t = useText();
  const c = t.consumers;
  const { message } = App.useApp();
  const choices = cutChoices(card);
  const [chosen, setChosen] = useState(0);
  const [note, setNote] = useState('');
  const cutting = useCutting();
  const request = choices[chosen]?.request ?? {};
  const cut = () =>
    cutting.mutate(
      { ...request, note: note.trim() },
      {
        onSuccess: ({ id }) => {
          void message.success(c.cutDone(id));
          onClose();
        },
        onError: (error) => void message.error(sayError(error, t.ui)),
      },
    );
  return (
    <Modal
      open
      title={c.cutTitle}
      okText={c.cut}
      okButtonProps={{ danger: true }}
      cancelText={t.ui.cancel}
      confirmLoading={cutting.isPending}
      onOk={cut}
      onCancel={onClose}
    >
      <p className="qc-sentence">{c.cutLead}</p>
      <Radio.Group
        aria-label={c.cutTitle}
        className="qc-cut-choices"
        value={chosen}
        onChange={({ target }) => setChosen(Number(target.value))}
      >
        {choices.map((choice, i) => (
          <Radio key={JSON.stringify(choice.request)} value={i}>
            <Choice choice={choice} />
          </Radio>
        ))}
      </Radio.Group>
      <CutChange asked={request} />
      <Input
        aria-label={c.cutNote}
        placeholder={c.cutNote}
        maxLength={500}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </Modal>
  );
}

function Choice({ choice: { kind, request } }: { readonly choice: CutChoice }) {
  const t = useText().consumers;
  const format = useFormat();
  if (kind === 'source') return t.cutSource(request.source ?? '');
  if (kind === 'time') return t.cutTime(request.source ?? '', format.moment(request.from ?? ''));
  const names = request.pair ?? [request.identifier ?? ''];
  return (
    <>
      {kind === 'pair' ? t.cutPair : t.cutIdentifier}{' '}
      {names.map((name, i) => (
        <span key={name}>
          {i > 0 ? ' — ' : null}
          <Named name={name} />
        </span>
      ))}
    </>
  );
}

/** What a cut, or the lifting of one, would change. */
export function CutChange({ asked }: { readonly asked: CutRequest | { readonly lift: number } }) {
  const { data, error } = useCutPreview(asked);
  return error ? <Failed error={error} /> : <Changes preview={data} />;
}

/** A preview in a sentence; that it is being worked out where there is none yet. */
export function Changes({ preview }: { readonly preview: CutPreview | undefined }) {
  const t = useText().consumers;
  const format = useFormat();
  const told = ({ before, after, rows }: CutPreview) =>
    rows === 0 && before === after
      ? t.cutNothing
      : t.cutChange(format.count(before), format.count(after), format.count(rows));
  return (
    <p className="qc-sentence" role="status">
      {preview ? told(preview) : t.cutWorking}
    </p>
  );
}
