import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { Locale } from '../../src/base/text.ts';
import type { Visitor } from './browser.ts';
import { strangers } from './languages.ts';

/** Where pictures are kept; without it none is made. */
export const shots = process.env.QIANCHENG_SHOTS;

/**
 * Everything wrong that can be seen of a page without taste: too wide, cut, nameless, of the other language, refused.
 * Note: what has a name in Chinese has one in English, by the type of the texts; names are asked for in Chinese only.
 */
export async function faultsOf(visitor: Visitor, locale: Locale): Promise<string[]> {
  const { page, told } = visitor;
  const seen = (await page.evaluate('({ faults: looks.faults(), texts: looks.texts() })')) as {
    readonly faults: readonly string[];
    readonly texts: readonly string[];
  };
  const foreign = strangers(locale, seen.texts, told).map((text) => `not in ${locale}: ${text.slice(0, 80)}`);
  return [...seen.faults, ...foreign, ...(locale === 'zh' ? await nameless(page) : []), ...visitor.wrong.splice(0)];
}

/** Texts that are too faint as they are drawn now. */
export async function faintIn({ page }: Visitor, where: string): Promise<string[]> {
  const found = (await page.evaluate('looks.faint()')) as readonly string[];
  return found.map((fault) => `${where}: ${fault}`);
}

/** Looks at a page in the dark; in the light again afterwards. */
export async function inTheDark<T>(visitor: Visitor, look: () => Promise<T>): Promise<T> {
  await visitor.page.emulateMedia({ colorScheme: 'dark' });
  await visitor.settled();
  const seen = await look();
  await visitor.page.emulateMedia({ colorScheme: 'light' });
  return seen;
}

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly properties?: ReadonlyArray<{ readonly name: string; readonly value: { readonly value?: unknown } }>;
  readonly backendDOMNodeId?: number;
}

const sessions = new WeakMap<Page, CDPSession>();

/** What the Tab key reaches and the browser has no accessible name for. */
async function nameless(page: Page): Promise<string[]> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
  const suspects = nodes.filter(
    ({ ignored, name, properties = [], role }) =>
      !ignored &&
      (name?.value ?? '').trim() === '' &&
      // A menu is called what the button that opens it is called.
      !['RootWebArea', 'menu'].includes(role?.value ?? '') &&
      properties.some((each) => each.name === 'focusable' && each.value.value === true),
  );
  const found: string[] = [];
  for (const { backendDOMNodeId, role } of suspects) {
    if (backendDOMNodeId === undefined) continue;
    const { node } = await session.send('DOM.describeNode', { backendNodeId: backendDOMNodeId });
    const attributes = node.attributes ?? [];
    if (attributes[attributes.indexOf('tabindex') + 1] === '-1' && attributes.includes('tabindex')) continue;
    found.push(`no name: ${role?.value} <${node.localName} ${attributes.join(' ').slice(0, 100)}>`);
  }
  return found;
}

/** Keeps a picture of the whole page where pictures are wanted. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
