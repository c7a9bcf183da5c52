import { defineRule } from '../rule-definition.ts';
import {
  type AdviceFacts,
  adviseConstitution,
  checkTechniques,
  constitutionAdvice,
  constitutionScores,
  diabetesSyndromes,
  judgeConstitution,
  referenceFormula,
  type TechniqueFacts,
  techniqueLimits,
} from './judge-constitution.ts';

const file = 'src/clinical/tcm/judge-constitution.ts';
const all = (fill: number, more: Readonly<Record<number, number>> = {}) => ({
  answers: Array.from({ length: 33 }, (_, index) => more[index + 1] ?? fill),
});

export const judgeConstitutionRule = defineRule<{ readonly answers: readonly number[] }>({
  id: 'TCM-01',
  title: '老年人中医体质辨识',
  track: 'public-health',
  edition: 'PHS-3',
  clause: '老年人中医药健康管理服务记录表 体质判定标准',
  certainty: 'found',
  summary:
    '33项各1–5分；八种偏颇体质11分及以上为是、9–10分倾向是；平和质17分及以上且其他均≤8为是、均≤10为基本是。',
  parameters: [constitutionScores],
  file,
  decide: judgeConstitution,
  cases: [
    {
      title: '全1、第1项5：平和25',
      given: all(1, { 1: 5 }),
      expect: { value: { balanced: 'yes', yes: ['pinghe'], scores: { pinghe: 25 } } },
    },
    {
      title: '气虚12、阳虚9',
      given: all(1, { 1: 3, 2: 3, 3: 3, 4: 3, 14: 3, 11: 2, 12: 2, 29: 2, 13: 3 }),
      expect: {
        value: { yes: ['qixu'], tends: ['yangxu'], balanced: 'no', scores: { qixu: 12, yangxu: 9 } },
      },
    },
    {
      title: '痰湿11，平和21但否',
      given: all(2, { 1: 5, 9: 4, 16: 3 }),
      expect: { value: { yes: ['tanshi'], balanced: 'no', scores: { tanshi: 11, pinghe: 21 } } },
    },
    { title: '偏颇8分：否', given: all(2, { 1: 5 }), expect: { value: { yes: ['pinghe'], tends: [] } } },
    {
      title: '只答32项',
      given: { answers: Array.from({ length: 32 }, () => 1) },
      expect: { missing: ['33项问题（须全部作答）'] },
    },
    { title: '有6分', given: all(1, { 3: 6 }), expect: { missing: ['33项问题（须全部作答）'] } },
  ],
});

export const adviseConstitutionRule = defineRule<AdviceFacts>({
  id: 'TCM-02',
  title: '按体质的保健建议',
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: '国家基层高血压防治管理指南 2025版 §6.3.8',
  certainty: 'from-knowledge',
  pendingSignOff: '待中医师核对',
  summary: '按体质给饮食、起居、穴位建议；糖尿病去掉含糖食材，用抗凝药者不给活血食疗。',
  parameters: [constitutionAdvice],
  file,
  decide: (facts, day) => {
    const list = adviseConstitution(facts, day);
    return list.kind === 'decided' ? { ...list, value: list.value.map((one) => one.food) } : list;
  },
  cases: [
    {
      title: '气虚+糖尿病：不提大枣',
      given: { constitutions: ['qixu'], diabetes: true },
      expect: { value: ['山药、莲子、鸡肉'] },
    },
    { title: '气虚', given: { constitutions: ['qixu'] }, expect: { value: ['山药、莲子、大枣、鸡肉'] } },
    {
      title: '血瘀+华法林',
      given: { constitutions: ['xueyu'], anticoagulant: true },
      expect: { value: ['正在用抗凝药，活血食疗先问医生'] },
    },
    {
      title: '痰湿，体质指数29：另按减重能量处方',
      given: { constitutions: ['tanshi'], bmi: 29 },
      expect: { value: ['冬瓜、白萝卜、薏苡仁'], reasons: ['lose-weight'] },
    },
    { title: '平和', given: { constitutions: ['pinghe'] }, expect: { value: ['饮食均衡，随季节'] } },
    { title: '没有体质', given: { constitutions: [] }, expect: { missing: ['体质'] } },
  ],
});

export const checkTechniquesRule = defineRule<TechniqueFacts>({
  id: 'TCM-03',
  title: '高血压中医技术的限制',
  track: 'clinical',
  edition: 'HTN-JC-2025',
  clause: '国家基层高血压防治管理指南 2025版 §6',
  certainty: 'found',
  pendingSignOff: '安全限制为平台默认，待中医师核对',
  summary: '血压≥160/100只与降压药同用；妊娠、皮肤破损、足部感觉减退、抗凝药各有禁用。',
  parameters: [techniqueLimits],
  file,
  decide: checkTechniques,
  cases: [
    {
      title: '148/92：可用',
      given: { sbp: 148, dbp: 92 },
      expect: { value: { needsDrugs: false, blocked: [] } },
    },
    {
      title: '166/102 未用药：须同用',
      given: { sbp: 166, dbp: 102, onAntihypertensive: false },
      expect: { value: { needsDrugs: true } },
    },
    { title: '159/99：可用', given: { sbp: 159, dbp: 99 }, expect: { value: { needsDrugs: false } } },
    {
      title: '足部感觉减退：不足浴',
      given: { sbp: 140, dbp: 80, insensateFeet: true },
      expect: { value: { blocked: ['foot-bath'] } },
    },
    {
      title: '华法林：不用三七丹参',
      given: { sbp: 140, dbp: 80, anticoagulant: true },
      expect: { value: { blocked: ['stasis-herbs'] } },
    },
    { title: '没有血压', given: {}, expect: { missing: ['收缩压', '舒张压'] } },
  ],
});

export const referenceFormulaRule = defineRule<{ readonly syndrome?: string }>({
  id: 'TCM-04',
  title: '消渴与肥胖的证型参考',
  track: 'clinical',
  edition: 'TCM-DM-2022',
  clause: '国家糖尿病基层中医防治管理指南 2022',
  certainty: 'from-knowledge',
  pendingSignOff: '待中医师核对',
  summary: '列出证型的代表方，仅供受训医师参考，不开处方。',
  parameters: [diabetesSyndromes],
  file,
  decide: referenceFormula,
  cases: [
    { title: '胃肠实热', given: { syndrome: '胃肠实热' }, expect: { value: '小承气汤合保和丸' } },
    { title: '没有的证型', given: { syndrome: '未知' }, expect: { missing: ['证型'] } },
  ],
});
