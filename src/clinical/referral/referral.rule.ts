import { defineRule } from '../rule-definition.ts';
import { firstHandlingSteps } from './first-handling-steps.ts';
import { listFirstHandling } from './list-first-handling.ts';
import { referralTopics } from './referral-topics.ts';
import { suggestDepartment } from './suggest-department.ts';

const base = {
  track: 'clinical',
  edition: 'OWN',
  certainty: 'own-default',
} as const;

export const suggestDepartmentRule = defineRule<Parameters<typeof suggestDepartment>[0]>({
  ...base,
  id: 'REF-01',
  title: '按转诊理由建议科室',
  clause: '平台默认：按转诊理由建议科室',
  summary:
    '从转诊理由的用语建议接诊科室，急重的在前，最多三个；急诊先到急诊科。写明没有的（“无胸痛”）不算。只是建议，由医生选。',
  parameters: [referralTopics],
  file: 'src/clinical/referral/suggest-department.ts',
  pendingSignOff: '待县医院核对科室名称与分诊习惯',
  decide: suggestDepartment,
  cases: [
    {
      title: '连续两次血压不满意',
      given: {
        reason:
          '血压 152/88 mmHg，一般患者目标为低于 140/90 mmHg，未达标。已连续 2 次控制不满意或有不良反应。',
        isEmergency: false,
      },
      expect: { value: ['心血管内科'], reasons: ['pressure'] },
    },
    {
      title: '血压危急：急诊科在前',
      given: { reason: '收缩压 186 mmHg，达到危急值（≥180）。', isEmergency: true },
      expect: { value: ['急诊科', '心血管内科'] },
    },
    {
      title: '血压高伴言语不清：神经内科在心血管内科前',
      given: { reason: '血压 192/116，突发言语不清、右侧肢体无力。', isEmergency: true },
      expect: { value: ['急诊科', '神经内科', '心血管内科'] },
    },
    {
      title: '妊娠期血压高于正常：先妇产科',
      given: { reason: '妊娠期或哺乳期血压高于正常。', isEmergency: false },
      expect: { value: ['妇产科', '心血管内科'] },
    },
    {
      title: '空腹血糖未达标',
      given: { reason: '空腹血糖 9.2 mmol/L，未达标。', isEmergency: false },
      expect: { value: ['内分泌科'] },
    },
    {
      title: '写明没有的不算',
      given: { reason: '血压 168/98，无胸痛、言语不清，未见蛋白尿。', isEmergency: false },
      expect: { value: ['心血管内科'] },
    },
    {
      title: '“无力”是症状，不是没有',
      given: { reason: '突发右手臂无力。', isEmergency: false },
      expect: { value: ['神经内科'] },
    },
    {
      title: '没有胸痛，但有视物模糊',
      given: { reason: '没有胸痛，视物模糊两天。', isEmergency: false },
      expect: { value: ['眼科'] },
    },
    {
      title: '看不出的不猜',
      given: { reason: '家属要求上级医院检查。', isEmergency: false },
      expect: { value: [] },
    },
    { title: '没写理由', given: { reason: ' ', isEmergency: true }, expect: { missing: ['转诊理由'] } },
  ],
});

const always = ['call-120', 'call-house', 'vital-signs', 'watched'].map((code) => ({ code }));
const those = (...codes: string[]) => ({ steps: [...always, ...codes.map((code) => ({ code }))] });

export const listFirstHandlingRule = defineRule<Parameters<typeof listFirstHandling>[0]>({
  ...base,
  id: 'REF-02',
  title: '急诊转诊的初步处理清单',
  clause: '平台默认：急诊转诊初步处理，依基层指南各节归并',
  summary:
    '急诊转诊先列人人要做的（120、告知接收机构、生命体征、看护），再按理由列出各自的：中风记录发病时间、测血糖、不自行降压；胸痛做心电图；低血糖给糖；慢阻肺控制性吸氧。有心脑或意识症状、妊娠期的不列口服降压药。',
  parameters: [firstHandlingSteps, referralTopics],
  file: 'src/clinical/referral/list-first-handling.ts',
  pendingSignOff: '待临床专家核对各项处理与条件',
  decide: listFirstHandling,
  cases: [
    {
      title: '只有血压 186：列口服药',
      given: { reason: '收缩压 186 mmHg，达到危急值（≥180）。' },
      expect: { value: those('oral-pressure-1', 'oral-pressure-2', 'oral-pressure-3') },
    },
    {
      title: '192/116 伴言语不清：不列口服药，不自行降压',
      given: { reason: '血压 192/116，突发言语不清。' },
      expect: { value: those('onset', 'glucose', 'keep-pressure') },
    },
    {
      title: '188/112 胸痛：做心电图，不列口服药',
      given: { reason: '血压 188/112，胸痛 20 分钟。' },
      expect: { value: those('electrocardiogram', 'onset') },
    },
    {
      title: '无明显诱因的胸痛是胸痛',
      given: { reason: '血压 188/112，无明显诱因胸痛 20 分钟，没有缓解。' },
      expect: { value: those('electrocardiogram', 'onset') },
    },
    {
      title: '妊娠期血压高：不列口服药',
      given: { reason: '血压 182/112，妊娠期或哺乳期血压高于正常。' },
      expect: { value: those() },
    },
    {
      title: '低血糖：给糖，不查酮体',
      given: { reason: '血糖 2.6 mmol/L，低血糖。' },
      expect: { value: those('sugar', 'sugar-intravenous-20', 'sugar-intravenous-40') },
    },
    {
      title: '血糖 18.2 伴呕吐：查酮体',
      given: { reason: '血糖 18.2 mmol/L，呕吐。' },
      expect: { value: those('glucose', 'ketones') },
    },
    {
      title: '血氧 86%：控制性吸氧',
      given: { reason: '血氧 86%，呼吸困难。' },
      expect: { value: those('oxygen') },
    },
    { title: '没写理由', given: { reason: '' }, expect: { missing: ['转诊理由'] } },
  ],
});
