import { addDays, plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import { ageDanger } from './age-danger.ts';
import { emergencyDays, handlingTimes, relieverLimits, weightTrends } from './alert-parameters.ts';
import { handleAlert, type OpenAlert } from './handle-alert.ts';
import { watchReliever } from './watch-reliever.ts';
import { type WeightFacts, watchWeight } from './watch-weight.ts';

const base = {
  track: 'clinical',
  edition: 'OWN',
  certainty: 'own-default',
  pendingSignOff: '预警界值为平台默认，待县级专家组确认',
} as const;
const day = plainDate('2026-01-05');
const ago = (days: number, kg: number) => ({ on: addDays(day, -days), kg });
const weighed = (more: Partial<WeightFacts>, ...weights: WeightFacts['weights']): WeightFacts => ({
  weights,
  ...more,
});

export const watchWeightRule = defineRule<WeightFacts>({
  ...base,
  id: 'TR-WT',
  title: '体重趋势',
  clause: '平台默认：体重趋势',
  summary:
    '非意愿的体重下降半年达5%或一年达10%，黄色提醒，查肿瘤、结核、糖尿病、抑郁；是否有意减重没问的，也提醒并请问明。减重者4周下降不足0.5%，告知进入平台期。',
  parameters: [weightTrends],
  file: 'src/clinical/early-warning/watch-weight.ts',
  decide: watchWeight,
  cases: [
    {
      title: '半年 60→57：正好5%，提醒',
      given: weighed({ intended: false }, ago(180, 60), ago(0, 57)),
      expect: { value: { ruleId: 'AL-WT-02', level: 'yellow', percent: -5 } },
    },
    {
      title: '半年 60→57.1：4.8%，不提醒',
      given: weighed({ intended: false }, ago(180, 60), ago(0, 57.1)),
      expect: { value: { ruleId: 'AL-WT-00' } },
    },
    {
      title: '一年 60→54：10%，提醒',
      given: weighed({ intended: false }, ago(360, 60), ago(0, 54)),
      expect: { value: { ruleId: 'AL-WT-02' } },
    },
    {
      title: '一年 60→54.1：9.8%，不提醒',
      given: weighed({ intended: false }, ago(360, 60), ago(0, 54.1)),
      expect: { value: { ruleId: 'AL-WT-00' } },
    },
    {
      title: '有意减重：不提醒',
      given: weighed({ intended: true }, ago(180, 60), ago(0, 54)),
      expect: { value: { ruleId: 'AL-WT-00' } },
    },
    {
      title: '没问是否有意：提醒并请问明',
      given: weighed({}, ago(180, 60), ago(0, 56)),
      expect: { value: { ruleId: 'AL-WT-02' }, reasons: ['loss'] },
    },
    {
      title: '减重者4周 80→79.7：平台期',
      given: weighed({ intended: true, losingWeight: true }, ago(28, 80), ago(0, 79.7)),
      expect: { value: { ruleId: 'TR-WT-01' } },
    },
    {
      title: '减重者4周 80→79.6：仍在下降',
      given: weighed({ intended: true, losingWeight: true }, ago(28, 80), ago(0, 79.6)),
      expect: { value: { ruleId: 'AL-WT-00' } },
    },
    {
      title: '只有一次体重',
      given: weighed({}, ago(0, 60)),
      expect: { missing: ['一年内的两次体重'] },
    },
  ],
});

export const watchRelieverRule = defineRule<Parameters<typeof watchReliever>[0]>({
  ...base,
  id: 'TR-EX',
  title: '急救吸入药用量',
  clause: '平台默认：急救吸入药用量',
  summary: '一个月用急救吸入药超过2支，或连续3天每天使用，橙色提醒注意急性加重。',
  parameters: [relieverLimits],
  file: 'src/clinical/early-warning/watch-reliever.ts',
  decide: watchReliever,
  cases: [
    { title: '一个月3支', given: { canistersLastMonth: 3 }, expect: { value: 'orange' } },
    { title: '一个月2支', given: { canistersLastMonth: 2 }, expect: { value: 'none' } },
    { title: '连续3天', given: { daysInARow: 3 }, expect: { value: 'orange' } },
    { title: '连续2天', given: { daysInARow: 2 }, expect: { value: 'none' } },
    { title: '不知道用量', given: {}, expect: { missing: ['急救吸入药用量'] } },
  ],
});

const open = (level: OpenAlert['level'], more: Partial<OpenAlert> = {}): OpenAlert => ({
  level,
  minutesOpen: 0,
  acknowledged: false,
  ...more,
});

export const ageDangerRule = defineRule<Parameters<typeof ageDanger>[0]>({
  ...base,
  id: 'AL-AGE',
  title: '危急情况的时效',
  clause: '平台默认：急诊以当天为限',
  summary:
    '当天发现的危急情况按急诊转诊。更早发现而未处理的不再按急诊提示，也不消失：写明几天前，请核实并马上复测，仍达危急值的按当天的急诊处理；转诊按“尽快”提出。',
  parameters: [emergencyDays],
  file: 'src/clinical/early-warning/age-danger.ts',
  decide: ageDanger,
  cases: [
    { title: '当天发现：急诊', given: { foundOn: day }, expect: { value: 'now' } },
    { title: '1天前发现：先复测', given: { foundOn: addDays(day, -1) }, expect: { value: 'past' } },
    { title: '60天前发现：先复测', given: { foundOn: addDays(day, -60) }, expect: { value: 'past' } },
    { title: '不知哪天发现', given: {}, expect: { missing: ['发现日期'] } },
  ],
});

export const handleAlertRule = defineRule<OpenAlert>({
  ...base,
  id: 'AL-HANDLE',
  title: '预警的处理',
  clause: '平台默认：预警处理',
  summary:
    '红色和危急先复测（有症状除外），复测正常结案；6小时内同类合并；调整方案后72小时内黄色不打扰；危急20分钟、红色4小时、橙色24小时无人处理转上一级；黄色下次随访处理。',
  parameters: [handlingTimes],
  file: 'src/clinical/early-warning/handle-alert.ts',
  decide: handleAlert,
  cases: [
    {
      title: '红色复测正常：未确认结案',
      given: open('red', { repeat: 'normal' }),
      expect: { value: 'close-not-confirmed' },
    },
    { title: '红色未复测：先复测', given: open('red'), expect: { value: 'repeat-first' } },
    {
      title: '红色有症状：不等复测',
      given: open('red', { withSymptoms: true }),
      expect: { value: 'in-time' },
    },
    {
      title: '红色确认，4小时无人处理：升级',
      given: open('red', { repeat: 'confirmed', minutesOpen: 240 }),
      expect: { value: 'escalate' },
    },
    {
      title: '红色确认，239分钟：仍在时限',
      given: open('red', { repeat: 'confirmed', minutesOpen: 239 }),
      expect: { value: 'in-time' },
    },
    {
      title: '危急有症状20分钟无人处理：升级',
      given: open('critical', { withSymptoms: true, minutesOpen: 20 }),
      expect: { value: 'escalate' },
    },
    {
      title: '已接手：不升级',
      given: open('red', { repeat: 'confirmed', minutesOpen: 600, acknowledged: true }),
      expect: { value: 'in-time' },
    },
    {
      title: '5小时前同类橙色：合并',
      given: open('orange', { hoursSinceSame: 5 }),
      expect: { value: 'merge' },
    },
    {
      title: '6小时前同类橙色：另计',
      given: open('orange', { hoursSinceSame: 6 }),
      expect: { value: 'in-time' },
    },
    {
      title: '调药后第2天黄色：不打扰',
      given: open('yellow', { hoursSinceChange: 48 }),
      expect: { value: 'suppress' },
    },
    {
      title: '调药后第3天满：提醒',
      given: open('yellow', { hoursSinceChange: 72 }),
      expect: { value: 'next-visit' },
    },
    {
      title: '调药后第2天橙色：照常',
      given: open('orange', { hoursSinceChange: 48 }),
      expect: { value: 'in-time' },
    },
  ],
});
