/**
 * What is done first for a person in danger, before anything is written.
 * @source 国家基本公共卫生服务规范（第三版） 高血压、2型糖尿病患者健康管理服务规范：危急情况处理后紧急转诊，2周内主动随访
 */
export const crisisSteps: readonly string[] = [
  '让患者静坐或平卧休息，不离开人。',
  '复测一次，确认不是量错。',
  '拨打 120 或联系上级医院，紧急转诊。',
  '转诊后 2 周内主动随访转诊情况。',
];
