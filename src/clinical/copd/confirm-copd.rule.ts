import { plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import { type CopdEvidence, confirmCopd } from './confirm-copd.ts';
import { spirometry } from './copd-parameters.ts';

const test = (on: string, ratio: number, fev1Percent: number | undefined = 62) => ({
  on: plainDate(on),
  ratio,
  fev1Percent,
});
const given = (tests: CopdEvidence['tests'], answers: Partial<CopdEvidence> = {}): CopdEvidence => ({
  tests,
  symptomsOrExposure: true,
  otherLungDiseaseExcluded: true,
  ...answers,
});
const [first, later] = ['2025-11-20', '2025-12-10'] as const;

export const confirmCopdRule = defineRule<CopdEvidence>({
  id: 'COPD-04-confirm',
  title: '慢阻肺确诊',
  track: 'clinical',
  edition: 'GOLD-2023+',
  clause: 'GOLD 报告 诊断：比值 0.60–0.80 须另日重复',
  certainty: 'from-knowledge',
  pendingSignOff: '待呼吸专科核对原文',
  summary:
    '支气管舒张后FEV1/FVC低于0.70，有慢性症状或危险因素接触，并排除哮喘、支扩、结核、心衰，确诊慢阻肺。最近一次比值在0.60–0.80之间的，另一日重复仍低于0.70才确诊；低于0.60一次即可。',
  parameters: [spirometry],
  file: 'src/clinical/copd/confirm-copd.ts',
  decide: confirmCopd,
  cases: [
    {
      title: '0.59 一次：确诊',
      given: given([test(later, 0.59)]),
      expect: { value: 'confirmed', reasons: ['gold-2'] },
    },
    {
      title: '0.60 一次：另日重复',
      given: given([test(later, 0.6)]),
      expect: { value: 'repeat', reasons: ['repeat'] },
    },
    { title: '0.69 一次：另日重复', given: given([test(later, 0.69)]), expect: { value: 'repeat' } },
    {
      title: '0.69 同日两次：仍须另日',
      given: given([test(later, 0.69), test(later, 0.68)]),
      expect: { value: 'repeat' },
    },
    {
      title: '0.66、另日 0.69：确诊',
      given: given([test(first, 0.66), test(later, 0.69)]),
      expect: { value: 'confirmed', reasons: ['repeated'] },
    },
    {
      title: '次序颠倒也一样',
      given: given([test(later, 0.69), test(first, 0.66)]),
      expect: { value: 'confirmed' },
    },
    {
      title: '0.69、另日 0.70：不符合',
      given: given([test(first, 0.69), test(later, 0.7)]),
      expect: { value: 'not-met' },
    },
    {
      title: '0.72、另日 0.69：两次不一致，再重复',
      given: given([test(first, 0.72), test(later, 0.69)]),
      expect: { value: 'repeat' },
    },
    {
      title: '0.70 一次：不符合，有症状另日重复',
      given: given([test(later, 0.7)]),
      expect: { value: 'not-met', reasons: ['may-cross'] },
    },
    {
      title: '0.81 一次：不符合，不必重复',
      given: given([test(later, 0.81)]),
      expect: { value: 'not-met', reasons: ['not-met'] },
    },
    {
      title: '没有FEV1占预计值也能确诊，不分级',
      given: given([test(first, 0.5), { on: plainDate(later), ratio: 0.5 }]),
      expect: { value: 'confirmed', reasons: ['limited'] },
    },
    { title: '没有舒张后肺功能', given: given([]), expect: { missing: ['支气管舒张后肺功能'] } },
    {
      title: '两项没有回答',
      given: given([test(later, 0.55)], {
        symptomsOrExposure: undefined,
        otherLungDiseaseExcluded: undefined,
      }),
      expect: { missing: ['慢性症状或危险因素接触', '是否排除哮喘、支扩、结核、心衰'] },
    },
    {
      title: '没有症状也没有接触：鉴别',
      given: given([test(later, 0.55)], { symptomsOrExposure: false }),
      expect: { value: 'differentiate', reasons: ['no-exposure'] },
    },
    {
      title: '哮喘没有排除：鉴别',
      given: given([test(later, 0.55)], { otherLungDiseaseExcluded: false }),
      expect: { value: 'differentiate', reasons: ['not-excluded'] },
    },
  ],
});
