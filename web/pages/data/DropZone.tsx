import { InboxOutlined } from '@ant-design/icons';
import { App, Button, Space } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { useText } from '../../text/useText.ts';
import { filesOf, isDataFile } from './sending/dropped.ts';

interface DropZoneProps {
  readonly onFiles: (files: readonly File[]) => void;
  /** Files are there already: it takes less room. */
  readonly small: boolean;
}

/** Where files and folders are dropped or chosen; what is no data file is left out and told. */
export function DropZone({ onFiles, small }: DropZoneProps) {
  const t = useText().data.drop;
  const { message } = App.useApp();
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (given: readonly File[]) => {
    const data = given.filter(isDataFile);
    const left = given.length - data.length;
    if (data.length > 0) onFiles(data);
    if (data.length === 0 && given.length > 0) void message.warning(t.empty);
    else if (left > 0) void message.info(t.skipped(left));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void filesOf(event.dataTransfer).then(take);
  };
  const pick = (input: HTMLInputElement | null) => {
    take([...(input?.files ?? [])]);
    if (input) input.value = '';
  };
  return (
    <section
      className={['qc-drop', isOver ? 'qc-drop-over' : '', small ? 'qc-drop-small' : ''].join(' ')}
      aria-label={t.title}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {small ? null : <InboxOutlined className="qc-drop-mark" />}
      <div className="qc-drop-words">
        <strong>{t.title}</strong>
        <div className="qc-muted qc-small">{t.forms}</div>
      </div>
      <Space wrap>
        <Button type={small ? 'default' : 'primary'} onClick={() => files.current?.click()}>
          {t.files}
        </Button>
        <Button onClick={() => folder.current?.click()}>{t.folder}</Button>
      </Space>
      <input ref={files} type="file" multiple hidden data-testid="files" onChange={() => pick(files.current)} />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        {...{ webkitdirectory: '' }}
        onChange={() => pick(folder.current)}
      />
    </section>
  );
}
