import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { ImportOptions } from '../src/app/importing.ts';
import { openProduct } from '../src/app/product.ts';
import type { Answer, ImportReport } from '../src/app/reports.ts';
import { unwatched } from '../src/base/progress.ts';
import { openWarehouse } from '../src/warehouse/open.ts';
import type { Fragment } from '../src/warehouse/sql.ts';
import type { Row, Warehouse } from '../src/warehouse/warehouse.ts';

export type Product = Awaited<ReturnType<typeof openProduct>>;

/** The clock of every home here: two weeks after the day the case table asks for. */
export const now = new Date('2026-07-15T00:00:00Z');

/** The whole product on a fresh home in the temporary folder. It opens when first used; a reader of facts closes it. */
export interface Home {
  /** A folder beside the home, for files to import. */
  readonly files: string;
  product(): Promise<Product>;
  import(path: string, options?: ImportOptions): Promise<ImportReport>;
  undo(report: ImportReport): Promise<void>;
  run(id: string, params: Readonly<Record<string, unknown>>): Promise<Answer['rows']>;
  /** Rows of the home's own tables, past every surface. */
  facts<R extends Row = Row>(question: Fragment): Promise<R[]>;
  close(): Promise<void>;
}

type Configuration = Readonly<Record<string, unknown>>;

/**
 * A home of the test file's own, configured so (keys of config.yaml, or what gives them once the first test runs), and
 * removed after its tests: call it outside of them.
 */
export function freshHome(config: Configuration | (() => Configuration) = {}): Home {
  const door = new Door(config);
  afterAll(() => door.remove());
  return {
    get files() {
      return door.folder('files');
    },
    product: () => door.product(),
    import: async (path, options = {}) => (await door.product()).importPath(path, options, unwatched),
    undo: async (report) => {
      await (await door.product()).undoImport(report.import, unwatched);
    },
    run: async (id, params) => (await (await door.product()).run(id, { ...params }, unwatched)).rows,
    facts: async <R extends Row>(question: Fragment) => (await door.warehouse()).rows<R>(question),
    close: () => door.close(),
  };
}

/** One process may hold a home's facts once: either the product has them, or a bare reader. */
class Door {
  readonly #config: Configuration | (() => Configuration);
  #root: string | undefined;
  #product: Product | undefined;
  #warehouse: Warehouse | undefined;

  constructor(config: Configuration | (() => Configuration)) {
    this.#config = config;
  }

  /** Made when first asked for: a test that is skipped leaves nothing behind. */
  folder(name: 'home' | 'files'): string {
    if (this.#root === undefined) {
      this.#root = mkdtempSync(join(tmpdir(), 'qiancheng-product-'));
      for (const each of ['home', 'files']) mkdirSync(join(this.#root, each));
      const config = typeof this.#config === 'function' ? this.#config() : this.#config;
      writeFileSync(join(this.#root, 'home', 'config.yaml'), JSON.stringify(config));
    }
    return join(this.#root, name);
  }

  async product(): Promise<Product> {
    if (this.#product) return this.#product;
    await this.close();
    this.#product = await openProduct(this.folder('home'), {}, () => now);
    return this.#product;
  }

  async warehouse(): Promise<Warehouse> {
    if (this.#warehouse) return this.#warehouse;
    await this.close();
    this.#warehouse = await openWarehouse({ kind: 'embedded', dir: join(this.folder('home'), 'warehouse') });
    return this.#warehouse;
  }

  async close(): Promise<void> {
    await this.#product?.close();
    await this.#warehouse?.close();
    this.#product = undefined;
    this.#warehouse = undefined;
  }

  async remove(): Promise<void> {
    await this.close();
    if (this.#root !== undefined) rmSync(this.#root, { recursive: true });
  }
}
