import { plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import { type ConstitutionAnswers, convertConstitution, convertedScores } from './convert-constitution.ts';
import { type Constitution, constitutionLabels, techniqueLimits } from './judge-constitution.ts';
import { planEarSeeds } from './plan-ear-seeds.ts';
import { suggestSyndromes, syndromeSigns } from './suggest-syndromes.ts';

const every = (fill: number, more: ConstitutionAnswers = {}): { readonly answers: ConstitutionAnswers } => ({
  answers: {
    ...Object.fromEntries(
      (Object.keys(constitutionLabels) as Constitution[]).map((one) => [one, [fill, fill]]),
    ),
    ...more,
  },
});

export const convertConstitutionRule = defineRule<{ readonly answers: ConstitutionAnswers }>({
  id: 'TCM-01-adult',
  title: '成人中医体质转化分',
  track: 'clinical',
  edition: 'TCM-CONSTITUTION-2009',
  clause: '中医体质分类与判定 转化分与判定标准',
  certainty: 'from-knowledge',
  pendingSignOff: '待中医师核对',
  summary:
    '65岁以下用60项或66项量表：转化分＝（原始分－条目数）÷（条目数×4）×100；偏颇体质40分及以上为是，30–39分倾向是；平和质60分及以上且其他均低于30分为是、均低于40分为基本是。',
  parameters: [convertedScores],
  file: 'src/clinical/tcm/convert-constitution.ts',
  decide: convertConstitution,
  cases: [
    {
      title: '8项都是3：50分，是',
      given: { answers: { qixu: [3, 3, 3, 3, 3, 3, 3, 3] } },
      expect: { value: { scores: { qixu: 50 }, yes: ['qixu'], balanced: null } },
    },
    {
      title: '都是1：0分',
      given: { answers: { qixu: [1, 1, 1, 1] } },
      expect: { value: { scores: { qixu: 0 }, yes: [] } },
    },
    {
      title: '2,2,2,2,3,3,3,3：37.5分，倾向是',
      given: { answers: { yangxu: [2, 2, 2, 2, 3, 3, 3, 3] } },
      expect: { value: { scores: { yangxu: 37.5 }, yes: [], tends: ['yangxu'] } },
    },
    {
      title: '7项都是5：100分',
      given: { answers: { tebing: [5, 5, 5, 5, 5, 5, 5] } },
      expect: { value: { scores: { tebing: 100 }, yes: ['tebing'] } },
    },
    {
      title: '40分：是',
      given: { answers: { shire: [3, 3, 3, 2, 2] } },
      expect: { value: { scores: { shire: 40 }, yes: ['shire'] } },
    },
    {
      title: '平和质75，其他25：是',
      given: every(2, { pinghe: [4, 4] }),
      expect: { value: { balanced: 'yes' } },
    },
    {
      title: '平和质75，有一种37.5：基本是',
      given: every(2, { pinghe: [4, 4], qiyu: [2, 3] }),
      expect: { value: { balanced: 'mostly', tends: ['qiyu'] } },
    },
    {
      title: '平和质75，有一种50：否',
      given: every(2, { pinghe: [4, 4], qiyu: [3, 3] }),
      expect: { value: { balanced: 'no' } },
    },
    {
      title: '平和质50：否',
      given: every(2, { pinghe: [3, 3] }),
      expect: { value: { balanced: 'no' } },
    },
    { title: '有6分', given: { answers: { qixu: [6, 1] } }, expect: { missing: ['气虚质的答案（1–5分）'] } },
    { title: '没有答案', given: { answers: {} }, expect: { missing: ['体质量表的答案'] } },
  ],
});

export const planEarSeedsRule = defineRule<Parameters<typeof planEarSeeds>[0]>({
  id: 'TCM-03-ear-seeds',
  title: '耳穴贴压更换',
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: '国家基层高血压防治管理指南 2025版 §6 耳穴贴压',
  certainty: 'found',
  summary: '贴压后3–5天更换，一次只贴一侧，两耳交替。',
  parameters: [techniqueLimits],
  file: 'src/clinical/tcm/plan-ear-seeds.ts',
  decide: planEarSeeds,
  cases: [
    {
      title: '3月2日左耳：5日至7日换右耳',
      given: { placedOn: plainDate('2026-03-02'), side: 'left' },
      expect: { value: { from: '2026-03-05', to: '2026-03-07', side: 'right' } },
    },
    {
      title: '右耳之后换左耳',
      given: { placedOn: plainDate('2026-02-27'), side: 'right' },
      expect: { value: { from: '2026-03-02', to: '2026-03-04', side: 'left' } },
    },
    { title: '没记哪一侧', given: { placedOn: plainDate('2026-03-02') }, expect: { missing: ['耳别'] } },
  ],
});

export const suggestSyndromesRule = defineRule<Parameters<typeof suggestSyndromes>[0]>({
  id: 'TCM-03-syndromes',
  title: '高血压与肥胖的证型线索',
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: '国家基层高血压防治管理指南 2025版 §6',
  certainty: 'own-default',
  pendingSignOff: '待中医师核对表现与相符项数',
  summary: '表现与舌脉相符3项及以上的证型列出供受训医师辨证确认，不开处方。',
  parameters: [syndromeSigns],
  file: 'src/clinical/tcm/suggest-syndromes.ts',
  decide: suggestSyndromes,
  cases: [
    {
      title: '急躁易怒、面红目赤、脉弦：风阳上亢',
      given: { of: 'hypertension', signs: ['急躁易怒', '面红目赤', '脉弦'] },
      expect: { value: ['风阳上亢'], reasons: ['syndrome'] },
    },
    {
      title: '只有两项：不提示',
      given: { of: 'hypertension', signs: ['急躁易怒', '脉弦'] },
      expect: { value: [] },
    },
    {
      title: '腰膝酸软、五心烦热、舌红少苔：肝肾阴虚',
      given: { of: 'hypertension', signs: ['腰膝酸软', '五心烦热', '舌红少苔'] },
      expect: { value: ['肝肾阴虚'] },
    },
    {
      title: '肥胖、便秘、舌苔黄腻：胃肠实热',
      given: { of: 'obesity', signs: ['肥胖', '便秘', '舌苔黄腻'] },
      expect: { value: ['胃肠实热'] },
    },
    { title: '没有问', given: { of: 'hypertension' }, expect: { missing: ['症状与舌脉'] } },
  ],
});
