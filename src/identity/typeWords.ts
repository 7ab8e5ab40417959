/** What the known types of identifiers are called in Chinese; in English, and of a tenant's own types, the name of the type is said. */
export const typeWords: Readonly<Record<string, string>> = {
  user: '用户号',
  member: '会员号',
  phone: '手机号',
  email: '邮箱',
  openid: '微信 OpenID',
  unionid: '微信 UnionID',
  device: '设备号',
  oaid: 'OAID',
  imei: 'IMEI',
  idfa: 'IDFA',
  idcard: '身份证号',
};
