import { type Preset, preset } from '../mapping.ts';

/** Spend of Alimama's on-site advertising, one row a day and plan. Source: its report's column names, general knowledge. */
export const alimamaSpend: Preset = preset.parse({
  name: 'alimama-spend',
  title: {
    zh: '阿里妈妈 万相台 计划报表（列名据通用知识）',
    en: 'Alimama Wanxiangtai plan report (columns by general knowledge)',
  },
  headers: ['日期', '场景名字', '计划ID', '花费', '展现量', '点击量'],
  entity: 'media_spend',
  source: 'alimama',
  columns: {
    date: '日期',
    platform: { constant: '淘宝' },
    channel: '场景名字',
    campaign_id: { column: '计划ID', undress: true },
    impressions: '展现量',
    clicks: '点击量',
    cost: '花费',
  },
});

/** Spend of Ocean Engine, one row a day and unit. Source: its report's column names, general knowledge. */
export const oceanEngineSpend: Preset = preset.parse({
  name: 'oceanengine-spend',
  title: { zh: '巨量引擎 单元报表（列名据通用知识）', en: 'Ocean Engine unit report (columns by general knowledge)' },
  headers: ['时间-天', '项目ID', '单元ID', '消耗', '展示数', '点击数'],
  entity: 'media_spend',
  source: 'oceanengine',
  columns: {
    date: '时间-天',
    platform: { constant: '抖音' },
    channel: { constant: '巨量引擎' },
    campaign_id: { column: '项目ID', undress: true },
    creative_id: { column: '单元ID', undress: true },
    impressions: '展示数',
    clicks: '点击数',
    cost: '消耗',
  },
});
