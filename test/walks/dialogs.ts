import type { Page } from 'playwright-core';
import type { zh } from '../../web/text/zh.ts';

type Texts = typeof zh;

/** Something that opens over a page or within it: how a hand with a mouse gets there. */
export interface Dialog {
  readonly name: string;
  readonly path: string;
  /** Opens it, where its address alone does not. */
  open?(page: Page, t: Texts): Promise<void>;
  /** Closes it, where the Escape key alone does not. */
  close?(page: Page, t: Texts): Promise<void>;
  /** The server refuses what is asked; how it says so is what is looked at. */
  readonly refused?: true;
}

const number = (tab: string) => {
  const opening = { analysis: 'aipl-stock', params: { on: '2026-06-30' }, row: { stage: 'L' } };
  return `/consumer-assets?open=${encodeURIComponent(JSON.stringify(opening))}&tab_open=${tab}`;
};

/** A button by its words: the first on the page. */
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

/** A button by its words behind its icon. */
const pressIcon = (page: Page, name: string) =>
  page
    .getByRole('button', { name: new RegExp(`^[a-z]+ ${name}$`) })
    .first()
    .click();

/** One of the further actions of the audience that is open. */
async function audienceMore(page: Page, t: Texts, name: string): Promise<void> {
  await page.locator('.qc-page-tools .ant-dropdown-trigger').click();
  await page.getByRole('menuitem', { name, exact: true }).click();
  await page.getByText(t.audiences.removeLead).waitFor();
}

const orders =
  'order_id,order_time,item_id,amount,id_member\nW1,2026-06-29 10:00:00,X1,88.00,m-1\nW2,yesterday,X1,5,m-2\n';

async function dropFile(page: Page): Promise<void> {
  const buffer = Buffer.from(orders);
  await page.getByTestId('files').setInputFiles({ name: 'walk-orders.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('tab', { name: 'YAML' }).waitFor();
}

/** A mapping of the dropped file in which something is changed by hand. */
async function writeMapping(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('tab', { name: 'JSON' }).click();
  const field = page.getByRole('textbox', { name: 'JSON' });
  await field.fill((await field.inputValue()).replace(from, to));
}

/** Closes a question without having said yes to it. */
const cancelled = (page: Page, t: Texts) =>
  page.getByRole('dialog').getByRole('button', { name: t.ui.cancel, exact: true }).click();

/** Every drawer, form and confirmation of the console. */
export const dialogs: readonly Dialog[] = [
  { name: 'number-people', path: number('people') },
  {
    name: 'number-save',
    path: number('people'),
    open: (page, t) => press(page, t.ui.drawer.saveAs),
  },
  { name: 'number-definition', path: number('definition') },
  { name: 'number-sql', path: number('sql') },
  { name: 'number-version', path: number('version') },
  { name: 'mapping', path: '/data/import', open: dropFile },
  {
    name: 'mapping-cell',
    path: '/data/import',
    open: async (page, t) => {
      await page.getByRole('tab', { name: t.data.mapping.form, exact: true }).click();
      await page.getByRole('button', { name: t.data.mapping.more }).first().click();
    },
  },
  { name: 'mapping-save', path: '/data/import', open: (page, t) => press(page, t.data.mapping.save) },
  {
    name: 'mapping-unreadable',
    path: '/data/import',
    open: (page) => writeMapping(page, '{', '{,'),
  },
  {
    name: 'mapping-refused',
    path: '/data/import',
    refused: true,
    open: async (page, t) => {
      await writeMapping(page, '{,', '{');
      await writeMapping(page, '"columns": {', '"columns": {"order_no": "order_id",');
      await page.getByText(t.ui.failed).waitFor();
    },
  },
  {
    name: 'mapping-over',
    path: '/data/import',
    open: (page, t) => press(page, t.data.files.clear),
  },
  { name: 'rules-diff', path: '/rules?key=o-5a%401&tab=diff&with=default%401' },
  { name: 'rules-preview', path: '/rules?key=o-5a%401&tab=preview' },
  {
    name: 'rules-adopt',
    path: '/rules?key=o-5a%401&tab=preview',
    open: (page, t) => press(page, t.rules.preview.adopt),
    close: (page, t) => page.getByRole('dialog').getByRole('button', { name: t.ui.cancel }).click(),
  },
  {
    name: 'rules-refused',
    path: '/rules?tab=edit',
    refused: true,
    open: async (page, t) => {
      await page.getByLabel(t.rules.edit.name, { exact: true }).fill('Not A Name');
      await press(page, t.rules.edit.save);
      await page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'schedule-add', path: '/reports?tab=schedules&add=1' },
  {
    name: 'schedule-refused',
    path: '/reports?tab=schedules&add=1',
    refused: true,
    open: async (page, t) => {
      const { name, webhook } = t.reports.schedules;
      await page.getByLabel(name, { exact: true }).fill('walk');
      await page.getByLabel(webhook, { exact: true }).fill('https://127.0.0.1/');
      await page.getByRole('dialog').getByRole('button', { name: t.ui.save }).click();
      await page.locator('.ant-message-error').waitFor();
    },
  },
  { name: 'schedule-runs', path: '/reports?tab=schedules&runs=1' },
  {
    name: 'schedule-remove',
    path: '/reports?tab=schedules',
    open: (page, t) => press(page, t.reports.schedules.remove),
  },
  { name: 'user-add', path: '/admin/users?add=1' },
  { name: 'user-remove', path: '/admin/users', open: (page, t) => press(page, t.admin.users.remove) },
  { name: 'key-add', path: '/admin/keys?add=1' },
  { name: 'key-remove', path: '/admin/keys', open: (page, t) => press(page, t.admin.keys.remove) },
  {
    name: 'audience-remove',
    path: '/audiences/1',
    open: (page, t) => audienceMore(page, t, t.audiences.remove),
    close: (page, t) => page.getByRole('dialog').getByRole('button', { name: t.ui.cancel }).click(),
  },
  {
    name: 'audience-rename',
    path: '/audiences/1',
    open: (page, t) => press(page, t.audiences.rename),
    close: (page, t) => page.getByRole('dialog').getByRole('button', { name: t.ui.cancel }).click(),
  },
  { name: 'audience-moves', path: '/audiences/1?moved=2026-06-18&which=entered' },
  {
    name: 'audience-text',
    path: '/audiences/1/edit',
    open: async (page, t) => {
      await pressIcon(page, t.audiences.build.text);
      await page.getByRole('textbox', { name: 'JSON' }).fill('{');
      await press(page, t.audiences.text.apply);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'audience-compare',
    path: '/audiences/1/edit',
    open: async (page, t) => {
      await pressIcon(page, t.audiences.build.compare);
      await page.locator('.qc-rule-shares').waitFor();
    },
  },
  {
    name: 'audience-templates',
    path: '/audiences/1/edit',
    open: (page, t) => pressIcon(page, t.audiences.templates.title),
  },
  {
    name: 'audience-kinds',
    path: '/audiences/1/edit',
    open: async (page, t) => {
      await pressIcon(page, t.audiences.build.add);
      await page.getByRole('menuitem', { name: t.audiences.forms.deepened.title }).waitFor();
    },
  },
  {
    name: 'audience-save-refused',
    path: '/audiences/1/edit',
    refused: true,
    open: async (page, t) => {
      await press(page, t.audiences.build.saveAs);
      await page.getByLabel(t.audiences.save.name).fill('加购未购');
      await page.getByRole('dialog').getByRole('button', { name: t.ui.save }).click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
    close: (page, t) => page.getByRole('dialog').getByRole('button', { name: t.ui.cancel }).click(),
  },
  {
    name: 'account',
    path: '/jobs',
    open: (page, t) => page.getByRole('button', { name: new RegExp(`^${t.shell.account} `) }).click(),
  },
  {
    name: 'password',
    path: '/jobs',
    open: async (page, t) => {
      await page.getByRole('button', { name: new RegExp(`^${t.shell.account} `) }).click();
      await page.getByRole('menuitem', { name: t.shell.changePassword }).click();
      await page.getByRole('dialog').waitFor();
    },
    close: (page) => page.locator('.ant-modal-close').last().click(),
  },
  { name: 'source-add', path: '/data/live?add=1' },
  { name: 'source-change', path: '/data/live?source=web' },
  {
    name: 'source-key',
    path: '/data/live?source=web',
    open: (page, t) => press(page, t.live.renew),
    close: (page, t) => page.getByRole('button', { name: t.ui.cancel, exact: true }).last().click(),
  },
  { name: 'suppression-add', path: '/data/suppressions?add=1' },
  {
    name: 'suppression-refused',
    path: '/data/suppressions?add=1',
    refused: true,
    open: async (page, t) => {
      await page.getByLabel(t.suppressions.value, { exact: true }).fill('13800138000');
      await page.getByRole('dialog').getByRole('button', { name: t.suppressions.add }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'suppression-remove',
    path: '/data/suppressions',
    open: (page, t) => press(page, t.suppressions.remove),
  },
  {
    name: 'chain',
    path: '/consumers',
    open: async (page, t) => {
      await page.getByLabel(t.consumers.search).fill('walker');
      await press(page, t.consumers.find);
      await page.getByRole('combobox', { name: t.consumers.chainTo }).click();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await press(page, t.consumers.chainGo);
      await page.locator('.qc-chain > li').waitFor();
    },
  },
  {
    name: 'cut-new',
    path: '/consumers?cut=1',
    open: async (page, t) => {
      await page.getByLabel(t.consumers.cutKind).click();
      await page.getByTitle(t.consumers.cutKinds.time).click();
      await page.getByRole('dialog').getByRole('button', { name: t.consumers.cutPreview }).click();
      await page.locator('.ant-form-item-explain-error').waitFor();
    },
  },
  {
    name: 'rejects-mend',
    path: '/data/rejects?mend=1',
    refused: true,
    open: async (page, t) => {
      const buffer = Buffer.from('line,raw\n3,x\n');
      await page.getByTestId('mended').setInputFiles({ name: 'walk-mended.csv', mimeType: 'text/csv', buffer });
      await press(page, t.data.rejects.mendGo);
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'cut-new-seen',
    path: '/consumers?cut=1',
    open: async (page, t) => {
      await page.getByLabel(t.consumers.cutOne).fill('phone:13800138000');
      await page.getByRole('dialog').getByRole('button', { name: t.consumers.cutPreview }).click();
      await page.getByText(t.consumers.cutNothing).waitFor();
    },
    close: async (page, t) => {
      await page.getByRole('dialog').getByRole('button', { name: t.consumers.cut, exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'cut-restore',
    path: '/consumers',
    open: async (page, t) => {
      await press(page, t.consumers.restore);
      await page.getByText(t.consumers.cutNothing).waitFor();
    },
    close: async (page, t) => {
      await page.getByRole('dialog').getByRole('button', { name: t.consumers.restore }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'rejects-mended',
    path: '/data/rejects?mend=1',
    open: async (page, t) => {
      const buffer = Buffer.from('file_id,line,raw\n0,1,x\n');
      await page.getByTestId('mended').setInputFiles({ name: 'walk-mended.csv', mimeType: 'text/csv', buffer });
      await press(page, t.data.rejects.mendGo);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.locator('.qc-job-title').waitFor();
    },
  },
  { name: 'destination-add', path: '/pushes?tab=destinations&add=1' },
  {
    name: 'destination-remove',
    path: '/pushes?tab=destinations',
    open: (page, t) => press(page, t.pushes.places.remove),
  },
  { name: 'push-remove', path: '/pushes?push=1', open: (page, t) => press(page, t.pushes.remove), close: cancelled },
  { name: 'lookalike-train', path: '/lookalikes?train=1' },
  {
    name: 'lookalike-remove',
    path: '/lookalikes?model=1',
    open: (page, t) => press(page, t.lookalikes.remove),
    close: cancelled,
  },
  { name: 'crowds-edit', path: '/crowds?edit=own' },
  { name: 'list-add', path: '/crowds?tab=lists&add=1' },
  { name: 'import-details', path: '/data/history?import=1' },
  { name: 'import-undo', path: '/data/history', open: (page, t) => press(page, t.data.history.undo) },
  { name: 'job', path: '/jobs?job=1' },
  { name: 'shortcuts', path: '/jobs', open: (page) => page.keyboard.press('?') },
];
