import { followUpClassLabels } from '#clinical/follow-up/follow-up-class.ts';
import { taskKindLabels } from './follow-up-task.ts';

const words: Readonly<Record<string, string>> = {
  ...followUpClassLabels,
  ...taskKindLabels,
  controlled: '达标',
  'not-controlled': '未达标',
  none: '无危急情况',
  undecided: '资料不足，未判定',
};

/** A rule's stored answer to a sheet in words: its class, its control, or what comes next and when. */
export function wordOutcome(ruleOutcome: string): string {
  if (ruleOutcome === 'crisis') return '危急';
  const [kind = '', on] = ruleOutcome.split(':');
  return `${words[kind] ?? kind}${on === undefined ? '' : `，${on}`}`;
}
