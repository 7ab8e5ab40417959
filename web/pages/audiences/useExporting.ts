import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import type { MemberIdentifier } from '../../../src/api/audiences.ts';
import { memberPage } from '../../data/audiences.ts';
import { useText } from '../../text/useText.ts';
import { sayError } from '../../ui/Failed.tsx';
import { keepFile } from '../../ui/files.ts';
import { membersCsv } from './membersCsv.ts';

/** Consumers of one page of an export. */
const PAGE = 20_000;

async function allMembers(id: number): Promise<MemberIdentifier[]> {
  const all: MemberIdentifier[] = [];
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: Awaited<ReturnType<typeof memberPage>> = await memberPage(id, { limit: PAGE, after });
    for (const member of page.members) all.push(member);
    after = page.next;
  }
  return all;
}

/** Keeps the identifiers of an audience's members as a file. */
export function useExporting() {
  const t = useText();
  const { message } = App.useApp();
  const { consumer, type, value } = t.audiences.exportColumns;
  return useMutation({
    mutationFn: async ({ id, name }: { readonly id: number; readonly name: string }) => {
      const csv = membersCsv(await allMembers(id), [consumer, type, value]);
      keepFile(new Blob([csv], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
      return `${name}.csv`;
    },
    onSuccess: (file) => void message.success(t.ui.exported(file)),
    onError: (error) => void message.error(sayError(error, t.ui)),
  });
}
