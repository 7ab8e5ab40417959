import { type Preset, preset } from '../mapping.ts';

interface Spelling {
  readonly invoice: string;
  readonly price: string;
  readonly customer: string;
}

/**
 * Receipt lines of a shop. An invoice that begins with C gives money back: a line of no amount, refunded. Receipts
 * without a customer are kept and belong to nobody.
 */
function receipts({ invoice, price, customer }: Spelling): Pick<Preset, 'headers' | 'entity' | 'columns'> {
  return {
    headers: [invoice, 'StockCode', 'Quantity', 'InvoiceDate', price, customer],
    entity: 'orders',
    columns: {
      order_id: invoice,
      order_time: 'InvoiceDate',
      id_customer: { column: customer, ending: '.0', empty: 'anonymous' },
      item_id: 'StockCode',
      quantity: 'Quantity',
      amount: {
        multiply: ['Quantity', price],
        when: { column: invoice, not_starts: 'C' },
        otherwise: '0',
      },
      refund_amount: { multiply: ['Quantity', price], absolute: true, when: { column: invoice, starts: 'C' } },
      refund_time: { column: 'InvoiceDate', when: { column: invoice, starts: 'C' } },
    },
  };
}

/** Source: UCI Machine Learning Repository, Online Retail (352). */
export const onlineRetail: Preset = preset.parse({
  name: 'online-retail',
  title: { zh: 'UCI Online Retail', en: 'UCI Online Retail' },
  source: 'online-retail',
  ...receipts({ invoice: 'InvoiceNo', price: 'UnitPrice', customer: 'CustomerID' }),
});

/** Source: UCI Machine Learning Repository, Online Retail II (502). */
export const onlineRetail2: Preset = preset.parse({
  name: 'online-retail-2',
  title: { zh: 'UCI Online Retail II', en: 'UCI Online Retail II' },
  source: 'online-retail',
  ...receipts({ invoice: 'Invoice', price: 'Price', customer: 'Customer ID' }),
});
