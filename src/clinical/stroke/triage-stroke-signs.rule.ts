import { defineRule } from '../rule-definition.ts';
import { type StrokeSignFacts, strokeSigns, triageStrokeSigns } from './triage-stroke-signs.ts';

const none: StrokeSignFacts = {
  faceAsymmetric: false,
  armWeak: false,
  speechUnclear: false,
  balanceLost: false,
  visionLost: false,
  sudden: true,
  minutesSinceOnset: 20,
};

export const triageStrokeSignsRule = defineRule<StrokeSignFacts>({
  id: 'STK-02',
  title: '急性卒中征象识别',
  track: 'clinical',
  edition: 'OWN',
  clause: '中风120、BE-FAST 急性卒中识别',
  certainty: 'from-knowledge',
  summary:
    '突发面部不对称、手臂无力、言语不清、平衡障碍或视力障碍，任一项即为危急：拨打120，记录发病时间，测血糖，未经医嘱不在基层降压。已经缓解的也按危急处理。',
  parameters: [],
  file: 'src/clinical/stroke/triage-stroke-signs.ts',
  pendingSignOff: '待临床专家核对；来源登记缺中风120条目',
  decide: triageStrokeSigns,
  cases: [
    {
      title: '20分钟前一侧手臂突然无力：危急',
      given: { ...none, armWeak: true },
      expect: {
        value: {
          severity: 'critical',
          actions: ['call-120', 'note-onset', 'keep-pressure', 'check-glucose'],
        },
        reasons: ['sudden-sign'],
      },
    },
    ...(Object.keys(strokeSigns) as (keyof typeof strokeSigns)[]).map((sign) => ({
      title: `只有${strokeSigns[sign]}，别的没有问：也是危急`,
      given: { [sign]: true, sudden: true, minutesSinceOnset: 20 },
      expect: { value: { severity: 'critical' }, reasons: ['sudden-sign'] },
    })),
    {
      title: '发病时间不清：危急并提醒问明',
      given: { ...none, faceAsymmetric: true, minutesSinceOnset: undefined },
      expect: { value: { severity: 'critical' }, reasons: ['onset-unknown'] },
    },
    {
      title: '是否突发没有问：按突发处理',
      given: { ...none, speechUnclear: true, sudden: undefined },
      expect: { value: { severity: 'critical' }, reasons: ['sudden-not-asked'] },
    },
    {
      title: '多年的偏瘫，不是突发：不报警',
      given: { ...none, armWeak: true, sudden: false },
      expect: { value: { severity: 'none' }, reasons: ['not-sudden'] },
    },
    {
      title: '五项都没有：不报警',
      given: none,
      expect: { value: { severity: 'none' }, reasons: ['no-sign'] },
    },
    {
      title: '只问了中风120三项且都没有：不下结论',
      given: { faceAsymmetric: false, armWeak: false, speechUnclear: false },
      expect: { missing: ['平衡障碍', '视力障碍'] },
    },
  ],
});
