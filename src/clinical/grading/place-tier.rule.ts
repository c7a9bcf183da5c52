import { plainDate } from '#kernel/plain-date.ts';
import { defineRule } from '../rule-definition.ts';
import { type Colour, pressureColours } from './grade-management.ts';
import { defaultGradingScheme, milderAfterMonths, placeTier } from './place-tier.ts';

interface Given {
  readonly colour: Colour;
  readonly present?: { readonly colour: Colour; readonly since: string };
}

export const placeTierRule = defineRule<Given>({
  id: 'GR-06',
  title: '管理层级与随访间隔',
  track: 'both',
  edition: 'OWN',
  clause: '平台默认：加重即日升级，稳定满三个月方可降级',
  certainty: 'own-default',
  pendingSignOff: '待县级专家组确认层级、间隔与降级月数',
  summary:
    '绿标村级、黄标乡镇级、红标县级牵头；间隔绿90天、黄30天、红14天，县级可改短。加重当日生效，减轻须在现标识上满3个月。',
  parameters: [milderAfterMonths, pressureColours],
  file: 'src/clinical/grading/place-tier.ts',
  decide: ({ colour, present }, day) =>
    placeTier(
      {
        colour,
        present: present && { colour: present.colour, since: plainDate(present.since) },
        scheme: defaultGradingScheme(day),
      },
      day,
    ),
  cases: [
    {
      title: '首次绿标：村级',
      given: { colour: 'green' },
      expect: { value: { tier: 'village', colour: 'green', everyDays: 90 } },
    },
    {
      title: '绿转红：当日',
      given: { colour: 'red', present: { colour: 'green', since: '2026-01-01' } },
      expect: { value: { tier: 'county', colour: 'red', everyDays: 14 } },
    },
    {
      title: '黄转绿差一天满三个月：维持黄标',
      given: { colour: 'green', present: { colour: 'yellow', since: '2025-10-06' } },
      expect: { value: { tier: 'township', colour: 'yellow' }, reasons: ['not-yet-milder'] },
    },
    {
      title: '黄转绿满三个月：绿标',
      given: { colour: 'green', present: { colour: 'yellow', since: '2025-10-05' } },
      expect: { value: { tier: 'village', colour: 'green' } },
    },
  ],
});
