import { addDays, plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import {
  alertOnGlucose,
  alertOnLaboratory,
  alertOnOther,
  alertOnOxygen,
  alertOnPressure,
  alertOnPulse,
  type OtherReadings,
} from './alert-on-reading.ts';
import {
  glucoseAlerts,
  laboratoryCritical,
  otherAlerts,
  ownCriticalRanges,
  oxygenAlerts,
  pressureAlerts,
  pulseAlerts,
  trendLimits,
} from './alert-parameters.ts';
import {
  type AdherenceFacts,
  type HomePressure,
  watchAdherence,
  watchGlucose,
  watchOrthostatic,
  watchPressure,
} from './watch-trend.ts';

const base = {
  track: 'clinical',
  edition: 'OWN',
  certainty: 'own-default',
  pendingSignOff: '预警界值为平台默认，待县级专家组确认',
} as const;
const reading = 'src/clinical/early-warning/alert-on-reading.ts';
const trend = 'src/clinical/early-warning/watch-trend.ts';
const day = plainDate('2026-01-05');

export const alertOnPressureRule = defineRule<Parameters<typeof alertOnPressure>[0]>({
  ...base,
  id: 'AL-BP',
  title: '家庭血压预警',
  clause: '平台默认：单次测量预警',
  summary:
    '≥180/110 红（伴症状危急），160–179/100–109 橙，135–159/85–99 黄；低于90或低于100/60 橙（伴症状危急）。',
  parameters: [pressureAlerts],
  file: reading,
  decide: alertOnPressure,
  cases: (
    [
      [182, 100, false, 'red'],
      [190, 112, true, 'critical'],
      [179, 109, false, 'orange'],
      [165, 95, false, 'orange'],
      [159, 99, false, 'yellow'],
      [138, 80, false, 'yellow'],
      [134, 84, false, 'none'],
      [128, 78, false, 'none'],
      [88, 56, false, 'orange'],
      [88, 56, true, 'critical'],
      [98, 58, false, 'orange'],
      [98, 60, false, 'none'],
    ] as const
  ).map(([sbp, dbp, symptoms, level]) => ({
    title: `${sbp}/${dbp}${symptoms ? ' 伴症状' : ''}`,
    given: { sbp, dbp, symptoms },
    expect: { value: { level } },
  })),
});

export const alertOnPulseRule = defineRule<Parameters<typeof alertOnPulse>[0]>({
  ...base,
  id: 'AL-HR',
  title: '静息心率预警',
  clause: '平台默认：单次测量预警',
  summary: '高于130或低于40红；100及以上两次，或50及以下且未用β受体阻滞剂，橙。',
  parameters: [pulseAlerts],
  file: reading,
  decide: alertOnPulse,
  cases: [
    { title: '131', given: { heartRate: 131 }, expect: { value: { level: 'red' } } },
    { title: '130一次', given: { heartRate: 130 }, expect: { value: { level: 'none' } } },
    { title: '105两次', given: { heartRate: 105, repeated: true }, expect: { value: { level: 'orange' } } },
    {
      title: '45未用β受体阻滞剂',
      given: { heartRate: 45, onBetaBlocker: false },
      expect: { value: { level: 'orange' } },
    },
    {
      title: '45用β受体阻滞剂',
      given: { heartRate: 45, onBetaBlocker: true },
      expect: { value: { level: 'none' } },
    },
    { title: '39', given: { heartRate: 39 }, expect: { value: { level: 'red' } } },
    { title: '没有心率', given: {}, expect: { missing: ['心率'] } },
  ],
});

export const alertOnGlucoseRule = defineRule<Parameters<typeof alertOnGlucose>[0]>({
  ...base,
  id: 'AL-GL',
  title: '血糖预警',
  clause: '平台默认：单次测量预警',
  summary:
    '低于3.0危急、3.0–3.8红；33.3起危急，16.7起红（伴症状或酮症危急），13.9起橙；空腹>7.0、非空腹>10.0黄。',
  parameters: [glucoseAlerts],
  file: reading,
  decide: alertOnGlucose,
  cases: [
    { title: '2.8', given: { glucose: 2.8 }, expect: { value: { level: 'critical' } } },
    { title: '3.6', given: { glucose: 3.6 }, expect: { value: { level: 'red' } } },
    {
      title: '3.6 意识不清',
      given: { glucose: 3.6, confusion: true },
      expect: { value: { level: 'critical' } },
    },
    { title: '3.9', given: { glucose: 3.9, fasting: true }, expect: { value: { level: 'none' } } },
    { title: '空腹7.2', given: { glucose: 7.2, fasting: true }, expect: { value: { level: 'yellow' } } },
    { title: '空腹7.0', given: { glucose: 7, fasting: true }, expect: { value: { level: 'none' } } },
    { title: '餐后11.0', given: { glucose: 11, fasting: false }, expect: { value: { level: 'yellow' } } },
    { title: '14.5', given: { glucose: 14.5 }, expect: { value: { level: 'orange' } } },
    { title: '18', given: { glucose: 18 }, expect: { value: { level: 'red' } } },
    { title: '18 伴呕吐', given: { glucose: 18, symptoms: true }, expect: { value: { level: 'critical' } } },
    { title: '33.3', given: { glucose: 33.3 }, expect: { value: { level: 'critical', ruleId: 'AL-GL-03' } } },
    { title: '没有血糖', given: {}, expect: { missing: ['血糖'] } },
  ],
});

export const alertOnOxygenRule = defineRule<Parameters<typeof alertOnOxygen>[0]>({
  ...base,
  id: 'AL-O2',
  title: '血氧预警',
  clause: '平台默认：单次测量预警',
  summary:
    '慢阻肺低于88红，88–89或较平时下降4及以上橙；其他人低于90红，90–93橙。红色伴症状（气促、意识改变等）的，不论有无慢阻肺都为危急。',
  parameters: [oxygenAlerts],
  file: reading,
  decide: alertOnOxygen,
  cases: [
    { title: '慢阻肺87', given: { spo2: 87, copd: true }, expect: { value: { level: 'red' } } },
    {
      title: '慢阻肺87伴症状',
      given: { spo2: 87, copd: true, symptoms: true },
      expect: { value: { level: 'critical' } },
    },
    { title: '慢阻肺89', given: { spo2: 89, copd: true }, expect: { value: { level: 'orange' } } },
    {
      title: '慢阻肺96→92',
      given: { spo2: 92, usual: 96, copd: true },
      expect: { value: { level: 'orange' } },
    },
    { title: '慢阻肺90', given: { spo2: 90, copd: true }, expect: { value: { level: 'none' } } },
    { title: '其他人89', given: { spo2: 89 }, expect: { value: { level: 'red' } } },
    {
      title: '其他人89伴症状',
      given: { spo2: 89, symptoms: true },
      expect: { value: { level: 'critical', ruleId: 'AL-O2-03' } },
    },
    {
      title: '其他人90伴症状',
      given: { spo2: 90, symptoms: true },
      expect: { value: { level: 'orange' } },
    },
    { title: '其他人93', given: { spo2: 93 }, expect: { value: { level: 'orange' } } },
    { title: '其他人94', given: { spo2: 94 }, expect: { value: { level: 'none' } } },
  ],
});

export const alertOnOtherRule = defineRule<OtherReadings>({
  ...base,
  id: 'AL-OTHER',
  title: '其他单次预警',
  clause: '平台默认：单次测量预警',
  summary:
    '呼吸≥30危急、25–29红；慢病者体温≥39红；心衰3天增重2公斤（1天1公斤、7天2.5公斤）橙，伴水肿红；峰流速低于50%红、80%橙；两次脉律不齐橙；危险症状危急。',
  parameters: [otherAlerts],
  file: reading,
  decide: alertOnOther,
  cases: [
    { title: '呼吸30', given: { respiratoryRate: 30 }, expect: { value: { level: 'critical' } } },
    { title: '呼吸25', given: { respiratoryRate: 25 }, expect: { value: { level: 'red' } } },
    { title: '呼吸24', given: { respiratoryRate: 24 }, expect: { value: { level: 'none' } } },
    {
      title: '3天增重2.2',
      given: { weightGain: { kg: 2.2, days: 3 } },
      expect: { value: { level: 'orange', ruleId: 'AL-WT-01' } },
    },
    {
      title: '3天增重1.9',
      given: { weightGain: { kg: 1.9, days: 3 } },
      expect: { value: { level: 'none' } },
    },
    {
      title: '伴水肿',
      given: { weightGain: { kg: 2.2, days: 3 }, oedemaOrDyspnoea: true },
      expect: { value: { level: 'red' } },
    },
    { title: '单侧无力', given: { alarmSymptom: '单侧肢体无力' }, expect: { value: { level: 'critical' } } },
    { title: '峰流速49%', given: { peakFlowPercent: 49 }, expect: { value: { level: 'red' } } },
    { title: '什么都没有', given: {}, expect: { missing: ['测量或症状'] } },
  ],
});

export const alertOnLaboratoryRule = defineRule<Parameters<typeof alertOnLaboratory>[0]>({
  ...base,
  id: 'LAB-CRIT',
  title: '检验危急值',
  clause: '检验危急值（各院不一）',
  certainty: 'found',
  summary:
    '血钾≤2.8或≥6.2，血糖≤2.8或≥22.2，血钠≤120或≥160，血红蛋白≤60，血小板≤30等为危急；血钾≤3.0或≥6.0、血红蛋白≤70、血小板≤50，部分医院已按危急值报告，为红色。县里自定了危急值的（血钾、血红蛋白、血小板），按县里的。',
  parameters: [laboratoryCritical, ownCriticalRanges],
  file: reading,
  decide: alertOnLaboratory,
  cases: [
    { title: '血钾6.2', given: { test: 'potassium', value: 6.2 }, expect: { value: { level: 'critical' } } },
    { title: '血钾6.1：红', given: { test: 'potassium', value: 6.1 }, expect: { value: { level: 'red' } } },
    { title: '血钾6.0：红', given: { test: 'potassium', value: 6 }, expect: { value: { level: 'red' } } },
    { title: '血钾5.9', given: { test: 'potassium', value: 5.9 }, expect: { value: { level: 'none' } } },
    { title: '血钾2.8', given: { test: 'potassium', value: 2.8 }, expect: { value: { level: 'critical' } } },
    { title: '血钾2.9：红', given: { test: 'potassium', value: 2.9 }, expect: { value: { level: 'red' } } },
    { title: '血钾3.1', given: { test: 'potassium', value: 3.1 }, expect: { value: { level: 'none' } } },
    { title: '血糖22.5', given: { test: 'glucose', value: 22.5 }, expect: { value: { level: 'critical' } } },
    {
      title: '血红蛋白66：红',
      given: { test: 'haemoglobin', value: 66 },
      expect: { value: { level: 'red' } },
    },
    {
      title: '血红蛋白60',
      given: { test: 'haemoglobin', value: 60 },
      expect: { value: { level: 'critical' } },
    },
    { title: '血红蛋白71', given: { test: 'haemoglobin', value: 71 }, expect: { value: { level: 'none' } } },
    { title: '血小板31：红', given: { test: 'platelets', value: 31 }, expect: { value: { level: 'red' } } },
    { title: '血小板51', given: { test: 'platelets', value: 51 }, expect: { value: { level: 'none' } } },
    {
      title: '本院危急值70，血红蛋白66：危急',
      given: { test: 'haemoglobin', value: 66, own: { haemoglobin: { low: 70 } } },
      expect: { value: { level: 'critical' } },
    },
    {
      title: '本院危急值70，血红蛋白70：危急',
      given: { test: 'haemoglobin', value: 70, own: { haemoglobin: { low: 70 } } },
      expect: { value: { level: 'critical' } },
    },
    {
      title: '本院危急值70，血红蛋白71：不提示',
      given: { test: 'haemoglobin', value: 71, own: { haemoglobin: { low: 70 } } },
      expect: { value: { level: 'none' } },
    },
    {
      title: '本院血钾危急值6.5，6.4：红',
      given: { test: 'potassium', value: 6.4, own: { potassium: { high: 6.5 } } },
      expect: { value: { level: 'red' } },
    },
    {
      title: '本院血钾危急值6.5，6.5：危急',
      given: { test: 'potassium', value: 6.5, own: { potassium: { high: 6.5 } } },
      expect: { value: { level: 'critical' } },
    },
    {
      title: '本院只定了血钾高值，2.8仍为危急',
      given: { test: 'potassium', value: 2.8, own: { potassium: { high: 6.5 } } },
      expect: { value: { level: 'critical' } },
    },
    {
      title: '本院血小板危急值20，25：红',
      given: { test: 'platelets', value: 25, own: { platelets: { low: 20 } } },
      expect: { value: { level: 'red' } },
    },
    { title: '不认识的项目', given: { test: 'unknown', value: 1 }, expect: { missing: ['检验项目与结果'] } },
  ],
});

const series = (values: readonly number[], dbp = 80): { readings: HomePressure[] } => ({
  readings: values.map((sbp, index) => ({ on: addDays(day, index - values.length + 1), sbp, dbp })),
});
export const watchPressureRule = defineRule<{ readings: readonly HomePressure[] }>({
  ...base,
  id: 'TR-BP',
  title: '家庭血压趋势',
  clause: '平台默认：趋势预警',
  summary:
    '7天均值≥135/85（≥6次、≥3天）未达标；较前4周升10或持续上升；标准差≥12、变异系数≥10%或逐次变化≥10为波动大；晨间高于晚间20以上为晨峰。',
  parameters: [trendLimits],
  file: trend,
  decide: (facts, on) => {
    const all = watchPressure(facts, on);
    return all.kind === 'decided' ? { ...all, value: all.value.map((one) => one.ruleId) } : all;
  },
  cases: [
    {
      title: '128→141 持续上升',
      given: series([128, 130, 131, 134, 136, 139, 141]),
      expect: { value: ['TR-BP-02'] },
    },
    {
      title: '142,128,155…波动大',
      given: series([142, 128, 155, 131, 160, 126, 149]),
      expect: { value: ['TR-BP-01', 'TR-BP-03'] },
    },
    { title: '134,136,133…平稳', given: series([130, 132, 129, 133, 131, 130, 132]), expect: { value: [] } },
    {
      title: '均值135：未达标',
      given: series([135, 135, 135, 135, 135, 135]),
      expect: { value: ['TR-BP-01'] },
    },
    { title: '均值134：不提示', given: series([134, 134, 134, 134, 134, 134]), expect: { value: [] } },
    { title: '没有记录', given: { readings: [] }, expect: { missing: ['近7天的家庭血压'] } },
  ],
});

export const watchOrthostaticRule = defineRule<Parameters<typeof watchOrthostatic>[0]>({
  ...base,
  id: 'TR-BP-05',
  title: '体位性低血压',
  clause: '平台默认：趋势预警',
  summary: '由卧到立1–3分钟收缩压下降≥20或舒张压下降≥10。',
  parameters: [trendLimits],
  file: trend,
  decide: watchOrthostatic,
  cases: [
    {
      title: '降20',
      given: { lying: { sbp: 140, dbp: 80 }, standing: { sbp: 120, dbp: 76 } },
      expect: { value: true },
    },
    {
      title: '降19/9',
      given: { lying: { sbp: 140, dbp: 80 }, standing: { sbp: 121, dbp: 71 } },
      expect: { value: false },
    },
    { title: '没有立位', given: { lying: { sbp: 140, dbp: 80 } }, expect: { missing: ['卧位与立位血压'] } },
  ],
});

const glucose = (values: readonly number[], fasting = false) => ({
  readings: values.map((value, index) => ({ on: addDays(day, index - values.length + 1), value, fasting })),
  fastingGoal: 7,
});
export const watchGlucoseRule = defineRule<Parameters<typeof watchGlucose>[0]>({
  ...base,
  id: 'TR-GL',
  title: '血糖趋势',
  clause: '平台默认：趋势预警',
  summary: '7天低血糖≥2次或30天内低于3.0；近5次空腹3次以上高于目标；变异系数>36%。',
  parameters: [trendLimits],
  file: trend,
  decide: (facts, on) => {
    const all = watchGlucose(facts, on);
    return all.kind === 'decided' ? { ...all, value: all.value.map((one) => one.ruleId) } : all;
  },
  cases: [
    {
      title: '5.2,9.8,6.1…变异41%',
      given: glucose([5.2, 9.8, 6.1, 14.2, 4.4, 11, 7.5, 12.9]),
      expect: { value: ['TR-GL-03'] },
    },
    { title: '一周两次3.7', given: glucose([6, 3.7, 6.2, 3.7, 6]), expect: { value: ['TR-GL-01'] } },
    { title: '一次3.7', given: glucose([6, 6.1, 6.2, 3.7, 6]), expect: { value: [] } },
    { title: '空腹多次高', given: glucose([7.4, 6.8, 7.6, 7.3, 6.9], true), expect: { value: ['TR-GL-02'] } },
    { title: '没有记录', given: { readings: [] }, expect: { missing: ['血糖记录'] } },
  ],
});

export const watchAdherenceRule = defineRule<AdherenceFacts>({
  ...base,
  id: 'ADH',
  title: '漏测与断药',
  clause: '平台默认：行为预警',
  summary: '血压14天未测、用胰岛素7天未测黄（30天橙）；药用完超过7天未取橙；90天覆盖率低于80%黄、低于50%橙。',
  parameters: [trendLimits],
  file: trend,
  decide: (facts, on) => {
    const all = watchAdherence(facts, on);
    return all.kind === 'decided'
      ? { ...all, value: all.value.map((one) => `${one.ruleId} ${one.level}`) }
      : all;
  },
  cases: [
    { title: '覆盖率78%', given: { covered: 77.8 }, expect: { value: ['ADH-03 yellow'] } },
    { title: '覆盖率80%', given: { covered: 80 }, expect: { value: [] } },
    { title: '覆盖率49%', given: { covered: 49 }, expect: { value: ['ADH-03 orange'] } },
    {
      title: '胰岛素8天未测',
      given: { lastGlucoseOn: addDays(day, -8), onInsulin: true },
      expect: { value: ['ADH-01 yellow'] },
    },
    { title: '血压13天未测', given: { lastPressureOn: addDays(day, -13) }, expect: { value: [] } },
    { title: '断药8天', given: { suppliedTo: addDays(day, -8) }, expect: { value: ['ADH-02 orange'] } },
    { title: '断药7天', given: { suppliedTo: addDays(day, -7) }, expect: { value: [] } },
    { title: '没有记录', given: {}, expect: { missing: ['测量与取药记录'] } },
  ],
});
