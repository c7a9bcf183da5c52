import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

/** What a referral is about, as far as its reason tells. */
export type ReferralTopic =
  | 'consciousness'
  | 'stroke'
  | 'chest'
  | 'pregnancy'
  | 'low-glucose'
  | 'glucose'
  | 'breath'
  | 'kidney'
  | 'foot'
  | 'eye'
  | 'pressure';

/** Words that name a topic, and the department that sees to it; the most pressing topic first. */
interface TopicRow {
  readonly topic: ReferralTopic;
  readonly words: readonly string[];
  readonly department: string;
}

const rows: readonly TopicRow[] = [
  {
    topic: 'consciousness',
    words: ['意识', '神志', '昏迷', '晕厥', '抽搐', '休克', '嗜睡'],
    department: '急诊科',
  },
  {
    topic: 'stroke',
    words: [
      '言语',
      '口角',
      '口眼',
      '面部不对称',
      '肢体',
      '偏瘫',
      '手臂无力',
      '中风',
      '卒中',
      '脑缺血',
      '脑血管',
    ],
    department: '神经内科',
  },
  {
    topic: 'chest',
    words: ['胸痛', '胸闷', '胸背痛', '心悸', '心绞痛', '心肌', '心衰', '心力衰竭', '平卧', '房颤', '心律'],
    department: '心血管内科',
  },
  {
    topic: 'pregnancy',
    words: ['妊娠', '怀孕', '孕妇', '孕期', '哺乳', '产后'],
    department: '妇产科',
  },
  { topic: 'low-glucose', words: ['低血糖'], department: '内分泌科' },
  { topic: 'glucose', words: ['血糖', '糖化', '酮', '高渗', '糖尿病'], department: '内分泌科' },
  {
    topic: 'breath',
    words: ['血氧', '呼吸', '气促', '气短', '喘', '慢阻肺', '咯血', '紫绀', '发绀', '急性加重', '肺功能'],
    department: '呼吸内科',
  },
  {
    topic: 'kidney',
    words: ['蛋白尿', '血尿', '肌酐', '肾'],
    department: '肾内科',
  },
  { topic: 'foot', words: ['足部', '糖尿病足', '溃疡', '坏疽', '跛行'], department: '内分泌科' },
  { topic: 'eye', words: ['视物', '视力', '眼底', '视网膜', '眼痛'], department: '眼科' },
  { topic: 'pressure', words: ['血压', '收缩压', '舒张压'], department: '心血管内科' },
];

/** Which words of a reason speak for which department; a hospital that names its departments otherwise changes these. */
export const referralTopics = parameter({
  id: 'REF-01.topics',
  label: '转诊理由中的用语与建议科室（急重的在前）',
  rows: [
    {
      from: plainDate('2025-09-01'),
      value: { emergency: '急诊科', rows },
      source: 'OWN',
      clause: '平台默认：按转诊理由建议科室',
      certainty: 'own-default',
    },
  ],
});

/**
 * What is said not to be there, up to the next comma or stop. 无力 and 无法 are complaints themselves; what came without a
 * cause (无明显诱因胸痛) or does not get better is there.
 */
const denied =
  /(?:(?:没有|未见|无)(?!力|法|(?:明显|任何)?(?:诱因|原因|好转|缓解|改善|减轻))|否认|未诉|未出现)[^，。；,;\n]*/g;

/** The topics a reason speaks of, the most pressing first; what it says is absent does not count. */
export function topicsIn(reason: string, table: readonly TopicRow[]): readonly TopicRow[] {
  const said = reason.replace(denied, '');
  return table.filter(({ words }) => words.some((word) => said.includes(word)));
}
