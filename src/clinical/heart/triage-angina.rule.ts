import { defineRule } from '../rule-definition.ts';
import { anginaLimits, heartRanges } from './heart-parameters.ts';
import { type AnginaFacts, triageAngina } from './triage-angina.ts';

const stable: AnginaFacts = {
  restAngina: false,
  ccsNow: 2,
  ccsBefore: 2,
  moreFrequent: false,
  longestPainMinutes: 5,
  relievedByOneNitrate: true,
  syncope: false,
  newHeartFailureSigns: false,
  bleeding: false,
  plannedSurgery: false,
  dualAntiplatelet: true,
};

const seen = (title: string, more: AnginaFacts, value: string, reason: string) => ({
  title,
  given: { ...stable, ...more },
  expect: { value, reasons: [reason] },
});

export const triageAnginaRule = defineRule<AnginaFacts>({
  id: 'CHD-01-angina',
  title: '冠心病症状转诊',
  track: 'clinical',
  edition: 'OWN',
  clause: '稳定性冠心病基层管理（指南待登记）',
  certainty: 'from-knowledge',
  summary:
    '静息心绞痛、两个月内新达到3级或发作变频、胸痛超过15分钟且一次硝酸甘油不缓解为紧急转诊；晕厥、新出现心衰表现、双联抗血小板期间出血或拟手术为转诊。警示表现旁的缺项按较重的处理。',
  parameters: [anginaLimits, heartRanges],
  file: 'src/clinical/heart/triage-angina.ts',
  pendingSignOff: '待临床专家核对原文；胸痛界值取15–20分钟的下限',
  decide: triageAngina,
  cases: [
    seen(
      '3周内由2级到3级：紧急转诊',
      { ccsNow: 3, ccsBefore: 2, daysSinceWorse: 21 },
      'emergency',
      'crescendo',
    ),
    seen('稳定：不转诊', {}, 'none', 'stable'),
    seen('静息心绞痛：紧急', { restAngina: true }, 'emergency', 'rest-angina'),
    seen('60天前到3级：紧急', { ccsNow: 3, daysSinceWorse: 60 }, 'emergency', 'crescendo'),
    seen('61天前到3级：不算近期加重', { ccsNow: 3, daysSinceWorse: 61 }, 'none', 'stable'),
    seen('一直是3级：不算加重', { ccsNow: 3, ccsBefore: 3 }, 'none', 'stable'),
    seen('由1级到2级：不算', { ccsNow: 2, ccsBefore: 1, daysSinceWorse: 10 }, 'none', 'stable'),
    seen('3级，以前几级不知：按新发处理', { ccsNow: 3, ccsBefore: undefined }, 'emergency', 'crescendo'),
    seen('一个月来变频：紧急', { moreFrequent: true, daysSinceWorse: 30 }, 'emergency', 'crescendo'),
    seen(
      '胸痛16分钟不缓解：紧急',
      { longestPainMinutes: 16, relievedByOneNitrate: false },
      'emergency',
      'long-pain',
    ),
    seen(
      '胸痛15分钟不缓解：未过界值',
      { longestPainMinutes: 15, relievedByOneNitrate: false },
      'none',
      'stable',
    ),
    seen('胸痛16分钟，含一次即缓解：不因此', { longestPainMinutes: 16 }, 'none', 'stable'),
    seen(
      '胸痛20分钟，缓解没有问：按未缓解',
      { longestPainMinutes: 20, relievedByOneNitrate: undefined },
      'emergency',
      'long-pain',
    ),
    seen('晕厥：转诊', { syncope: true }, 'refer', 'syncope'),
    seen('新出现心衰表现：转诊', { newHeartFailureSigns: true }, 'refer', 'heart-failure'),
    seen('双联期间出血：转诊', { bleeding: true }, 'refer', 'bleeding'),
    seen('不在双联期间的出血：不因此', { bleeding: true, dualAntiplatelet: false }, 'none', 'stable'),
    seen('双联期间拟手术：转诊', { plannedSurgery: true }, 'refer', 'surgery'),
    {
      title: '只知道静息心绞痛：紧急',
      given: { restAngina: true },
      expect: { value: 'emergency', reasons: ['rest-angina'] },
    },
    {
      title: '什么都没有：不下结论',
      given: {},
      expect: {
        missing: [
          '有无静息心绞痛',
          '心绞痛分级',
          '胸痛最长分钟数',
          '发作是否变频',
          '晕厥',
          '新出现的心力衰竭表现',
          '出血',
          '是否拟手术',
        ],
      },
    },
  ],
});
