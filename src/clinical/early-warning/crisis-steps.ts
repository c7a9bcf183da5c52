const giveSugar = '马上给糖：清醒的口服葡萄糖15–20克，15分钟复测；不清醒的不喂食，静脉给糖。';

const forEverybody: readonly string[] = [
  '让患者静坐或平卧休息，不离开人。',
  '复测一次，确认不是量错。',
  '拨打 120 或联系上级医院，紧急转诊。',
  '转诊后 2 周内主动随访转诊情况。',
];

/**
 * What is done first for a person in danger, before anything is written, in order; `dangers` are the reasons in words.
 * Sugar that is too low does not wait for a second measurement.
 * @source 国家基本公共卫生服务规范（第三版） 高血压、2型糖尿病患者健康管理服务规范：危急情况处理后紧急转诊，2周内主动随访；低血糖分级与处理
 */
export function crisisSteps(dangers: readonly string[]): readonly string[] {
  const isLow = dangers.some((text) => /低血糖|立即进糖/.test(text));
  return isLow ? [giveSugar, ...forEverybody] : forEverybody;
}
