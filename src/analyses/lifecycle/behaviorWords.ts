import type { Text } from '../../base/text.ts';

/** What the behaviours of the vocabulary are called; another behaviour is shown as it stands. */
export const behaviorWords: Readonly<Record<string, Text>> = {
  impression: { zh: '曝光', en: 'Ad shown' },
  click: { zh: '点击', en: 'Click' },
  exposure: { zh: '展现', en: 'Exposure' },
  content_view: { zh: '看内容', en: 'Content viewed' },
  video_view: { zh: '看视频', en: 'Video viewed' },
  live_view: { zh: '看直播', en: 'Live stream viewed' },
  scan: { zh: '扫码', en: 'Scan' },
  search: { zh: '搜索', en: 'Search' },
  page_view: { zh: '看页面', en: 'Page viewed' },
  shop_visit: { zh: '进店', en: 'Shop visit' },
  item_view: { zh: '看商品', en: 'Item viewed' },
  brand_search: { zh: '搜品牌', en: 'Brand search' },
  favorite: { zh: '收藏', en: 'Favourite' },
  favorite_shop: { zh: '收藏店铺', en: 'Shop favourited' },
  cart: { zh: '加购', en: 'Added to cart' },
  follow: { zh: '关注', en: 'Follow' },
  join: { zh: '入会', en: 'Joined membership' },
  interact: { zh: '互动', en: 'Interaction' },
  like: { zh: '点赞', en: 'Like' },
  comment: { zh: '评论', en: 'Comment' },
  share: { zh: '分享', en: 'Share' },
  collect: { zh: '收藏内容', en: 'Content saved' },
  coupon_claim: { zh: '领券', en: 'Coupon claimed' },
  benefit_claim: { zh: '领权益', en: 'Benefit claimed' },
  sample_claim: { zh: '领小样', en: 'Sample claimed' },
  trial_apply: { zh: '申请试用', en: 'Trial applied for' },
  consult: { zh: '咨询', en: 'Consultation' },
  reserve: { zh: '预约', en: 'Reservation' },
  deposit: { zh: '付定金', en: 'Deposit' },
  live_interact: { zh: '直播互动', en: 'Live interaction' },
  group_join: { zh: '入群', en: 'Group joined' },
  pay: { zh: '付款', en: 'Payment' },
  review: { zh: '评价', en: 'Review' },
  refund: { zh: '退款', en: 'Refund' },
  return: { zh: '退货', en: 'Return' },
  complaint: { zh: '投诉', en: 'Complaint' },
  quit: { zh: '退会', en: 'Membership quit' },
  unfollow: { zh: '取消关注', en: 'Unfollow' },
  block: { zh: '拉黑', en: 'Block' },
};

/** What the reasons of moves are called: behaviours, and windows that have passed since one. */
export const reasonWords: Readonly<Record<string, Text>> = {
  ...behaviorWords,
  ...Object.fromEntries(
    Object.entries(behaviorWords).map(([behavior, { zh, en }]) => [
      `window_passed:${behavior}`,
      { zh: `${zh}已过窗口期`, en: `Window passed: ${en}` },
    ]),
  ),
};
