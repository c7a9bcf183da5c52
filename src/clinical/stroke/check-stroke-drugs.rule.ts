import { defineRule } from '../rule-definition.ts';
import { checkStrokeDrugs, type StrokeDrugFacts } from './check-stroke-drugs.ts';

const full: StrokeDrugFacts = {
  conditions: ['ischaemic-stroke'],
  drugs: ['aspirin', 'statin'],
  contraindicated: [],
};

export const checkStrokeDrugsRule = defineRule<StrokeDrugFacts>({
  id: 'STK-03-drugs',
  title: '卒中后用药核对',
  track: 'clinical',
  edition: 'OWN',
  clause: '缺血性与出血性脑卒中二级预防（指南待登记）',
  certainty: 'from-knowledge',
  summary:
    '缺血性卒中或短暂性脑缺血发作后应有抗血小板药（合并房颤则为口服抗凝药）和他汀；出血性卒中后非专科同意不用抗栓药。缺项只提示医生，不开药。',
  parameters: [],
  file: 'src/clinical/stroke/check-stroke-drugs.ts',
  pendingSignOff: '待临床专家核对原文；来源登记缺卒中二级预防指南',
  decide: checkStrokeDrugs,
  cases: [
    {
      title: '缺血性卒中合并房颤，只用阿司匹林和他汀：缺抗凝药，转诊',
      given: { ...full, conditions: ['ischaemic-stroke', 'atrial-fibrillation'] },
      expect: {
        value: { gaps: ['oral-anticoagulant'], refer: true },
        reasons: ['gdmt-gap', 'refer'],
      },
    },
    {
      title: '合并房颤已抗凝：不缺',
      given: {
        ...full,
        conditions: ['ischaemic-stroke', 'atrial-fibrillation'],
        drugs: ['oral-anticoagulant', 'statin'],
      },
      expect: { value: { gaps: [], refer: false } },
    },
    { title: '阿司匹林加他汀：不缺', given: full, expect: { value: { gaps: [], avoid: [], refer: false } } },
    {
      title: '氯吡格雷加他汀：不缺',
      given: { ...full, drugs: ['p2y12-inhibitor', 'statin'] },
      expect: { value: { gaps: [] } },
    },
    {
      title: '短暂性脑缺血发作后什么都没用：缺两类',
      given: { ...full, conditions: ['tia'], drugs: [] },
      expect: { value: { gaps: ['antiplatelet', 'statin'], refer: false } },
    },
    {
      title: '他汀有禁忌：不算缺',
      given: { ...full, drugs: ['aspirin'], contraindicated: ['statin'] },
      expect: { value: { gaps: [] } },
    },
    {
      title: '出血性卒中不要求抗栓药',
      given: { conditions: ['haemorrhagic-stroke'], drugs: [], contraindicated: [] },
      expect: { value: { gaps: [], avoid: [], refer: false } },
    },
    {
      title: '出血性卒中用阿司匹林，专科未同意：转诊',
      given: {
        conditions: ['haemorrhagic-stroke'],
        drugs: ['aspirin'],
        contraindicated: [],
        specialistAntithrombotic: false,
      },
      expect: { value: { avoid: ['aspirin'], refer: true }, reasons: ['avoid'] },
    },
    {
      title: '出血性卒中用阿司匹林，专科同意：可以',
      given: {
        conditions: ['haemorrhagic-stroke'],
        drugs: ['aspirin'],
        specialistAntithrombotic: true,
      },
      expect: { value: { avoid: [], refer: false } },
    },
    {
      title: '缺血与出血都有过，合并房颤：不提示加抗凝药',
      given: {
        conditions: ['ischaemic-stroke', 'haemorrhagic-stroke', 'atrial-fibrillation'],
        drugs: ['statin'],
        contraindicated: [],
      },
      expect: { value: { gaps: [], refer: false } },
    },
    {
      title: '出血性卒中用阿司匹林，没有问专科意见：不下结论',
      given: { conditions: ['haemorrhagic-stroke'], drugs: ['aspirin'] },
      expect: { missing: ['专科是否同意抗栓治疗'] },
    },
    {
      title: '有缺项但没有查禁忌：不下结论',
      given: { ...full, drugs: ['aspirin'], contraindicated: undefined },
      expect: { missing: ['用药禁忌'] },
    },
    {
      title: '没有卒中史：不下结论',
      given: { ...full, conditions: [] },
      expect: { missing: ['脑卒中或短暂性脑缺血发作类型'] },
    },
    { title: '什么都没有：不下结论', given: {}, expect: { missing: ['病史', '用药清单'] } },
  ],
});
