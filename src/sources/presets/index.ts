import type { Preset } from '../mapping.ts';
import { alimamaSpend, oceanEngineSpend } from './adReports.ts';
import {
  journeyCampaignDescriptions,
  journeyCampaigns,
  journeyCoupons,
  journeyDemographics,
  journeyProducts,
  journeyPromotions,
  journeyRedemptions,
  journeyTransactions,
} from './completeJourney.ts';
import { douyinOrders } from './douyin.ts';
import {
  olistCategoryNames,
  olistCustomers,
  olistGeolocation,
  olistOrderItems,
  olistOrders,
  olistPayments,
  olistProducts,
  olistReviews,
  olistSellers,
} from './olist.ts';
import { onlineRetail, onlineRetail2 } from './onlineRetail.ts';
import { rees46Events } from './rees46.ts';
import { taobaoOrderHeads, taobaoOrderItems, taobaoOrders, taobaoUserBehavior } from './taobao.ts';
import { tmallOrders } from './tmall.ts';

/** Files of known platforms, recognised by their headers. */
export const presets: readonly Preset[] = [
  taobaoUserBehavior,
  taobaoOrders,
  taobaoOrderHeads,
  taobaoOrderItems,
  tmallOrders,
  douyinOrders,
  alimamaSpend,
  oceanEngineSpend,
  rees46Events,
  onlineRetail,
  onlineRetail2,
  olistCustomers,
  olistOrders,
  olistOrderItems,
  olistReviews,
  olistProducts,
  olistPayments,
  olistSellers,
  olistCategoryNames,
  olistGeolocation,
  journeyTransactions,
  journeyProducts,
  journeyDemographics,
  journeyRedemptions,
  journeyCampaigns,
  journeyCampaignDescriptions,
  journeyCoupons,
  journeyPromotions,
];
