import type { Analysis } from '../analyses/analysis.ts';
import { paramsSchema } from '../app/answers/typed.ts';
import type { Locale } from '../base/text.ts';
import { type Described, parametersOf, shapeOf } from './openapi.ts';
import type { Route } from './route.ts';

const says = {
  title: { zh: '千程 API', en: 'Qiancheng API' },
  intro: {
    zh: '登录后的会话，或以 Authorization: Bearer KEY 携带 API 密钥。错误为 RFC 9457。机器可读：',
    en: 'With a session, or an API key as Authorization: Bearer KEY. Errors are RFC 9457. For machines:',
  },
  permission: { zh: '权限', en: 'permission' },
  parameters: { zh: '地址参数', en: 'In the address' },
  body: { zh: '请求', en: 'Request' },
  answer: { zh: '返回', en: 'Answer' },
  analyses: { zh: '每项分析', en: 'Every analysis' },
} as const;

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font:13px/1.45 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid #8884;border-radius:6px}
h2{margin-top:2.5rem}h3{margin:1.5rem 0 .25rem;font-size:1rem}.m{font-weight:600;text-transform:uppercase}.p{opacity:.7}
@media(prefers-color-scheme:dark){body{background:#14161a;color:#e6e8eb}a{color:#8ab4ff}}`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function shape(title: string, schema: unknown): string {
  return `<details><summary>${escaped(title)}</summary><pre>${escaped(JSON.stringify(schema, null, 2))}</pre></details>`;
}

function routeSection(each: Route, locale: Locale): string {
  const { method, path, permission, summary, params, query, body, answer, produces = [] } = each;
  const places = [...parametersOf(params, 'path'), ...parametersOf(query, 'query')];
  return [
    `<h3 id="${escaped(each.id)}"><code><span class="m">${method}</span> ${escaped(path)}</code></h3>`,
    `<div>${escaped(summary[locale])} <span class="p">· ${says.permission[locale]} <code>${permission}</code>`,
    `${produces.map((type) => ` · ${escaped(type)}`).join('')}</span></div>`,
    places.length > 0 ? shape(`${says.parameters[locale]}: ${places.map(({ name }) => name).join(', ')}`, places) : '',
    body ? shape(says.body[locale], shapeOf(body, 'input')) : '',
    answer ? shape(says.answer[locale], shapeOf(answer, 'output')) : '',
  ].join('\n');
}

function analysisSection(analysis: Analysis, locale: Locale): string {
  const { id, title, question, row } = analysis;
  return [
    `<h3 id="analysis-${escaped(id)}"><code><span class="m">post</span> /api/analyses/${escaped(id)}</code></h3>`,
    `<div>${escaped(title[locale])} <span class="p">· ${escaped(question[locale])}</span></div>`,
    shape(says.body[locale], paramsSchema(analysis)),
    shape(`${says.answer[locale]}: rows`, shapeOf(row, 'output')),
  ].join('\n');
}

/** The API for readers: a page of its own, without a script. */
export function docsPage({ routes, analyses }: Described, locale: Locale): string {
  const areas = [...new Set(routes.map(({ id }) => id.split('.')[0] ?? ''))];
  const sections = areas.map((area) => {
    const within = routes.filter(({ id }) => id.startsWith(`${area}.`) || id === area);
    return `<h2>${escaped(area)}</h2>\n${within.map((each) => routeSection(each, locale)).join('\n')}`;
  });
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${says.title[locale]}</title><style>${style}</style></head><body>
<h1>${says.title[locale]}</h1>
<p>${says.intro[locale]} <a href="/api/openapi.json">/api/openapi.json</a></p>
${sections.join('\n')}
<h2>${says.analyses[locale]}</h2>
${analyses.map((each) => analysisSection(each, locale)).join('\n')}
</body></html>
`;
}
