import { conditionLabels } from '../conditions.ts';
import { findMedicine } from './formulary.ts';
import { medicineClassLabels } from './medicine-classes.ts';
import { severityLabels } from './medicine-warning.ts';
import { numberNames } from './safety-condition.ts';

/** Situations the safety rules ask about that are no diagnosis, in the words of the catalogue. */
export const safetyFlagLabels = {
  'abrupt-stop': '突然停药',
  'acute-heart-failure': '急性心力衰竭',
  arrhythmia: '心律失常',
  'bowel-disease': '炎症性肠病、肠梗阻或疝',
  'dka-history': '曾有酮症酸中毒',
  'dry-cough': '持续干咳',
  falls: '易跌倒',
  fasting: '禁食或手术',
  'foot-ulcer': '活动性足溃疡',
  gastroparesis: '胃轻瘫',
  'heavy-alcohol': '大量饮酒',
  'hla-b5801': 'HLA-B*5801 阳性',
  hypercalcaemia: '高血钙',
  hypercapnia: '二氧化碳潴留',
  'hypertrophic-cardiomyopathy': '肥厚型心肌病',
  hypoxia: '缺氧',
  'irregular-meals': '进餐不规律',
  ketosis: '酮症',
  'lives-alone': '独居',
  'metformin-5-years': '用二甲双胍5年以上',
  'metformin-kdigo': '本机构选用国际口径',
  'muscle-symptoms': '肌痛或肌无力',
  'oxygen-above-92': '吸氧目标高于92%',
  raynaud: '雷诺现象',
  'recurrent-pneumonia': '反复肺炎',
  'rest-pain': '肢体静息痛',
  sepsis: '脓毒症',
  shock: '休克',
  smoker: '吸烟',
  'stopped-smoking': '刚戒烟',
  sublingual: '舌下含服降压',
  'sulfonamide-allergy': '磺胺严重过敏',
  'surgery-soon': '3天内手术',
  tachyarrhythmia: '快速性心律失常',
  'undisclosed-infection-risk': '须防感染加重的情况',
  'undisclosed-mood-risk': '须防情绪变化的情况',
  'weight-loss': '消瘦',
} as const;

const signs: Readonly<Record<string, string>> = { '<': '低于', '<=': '不高于', '>': '高于', '>=': '达到' };

/** One side of a rule in words. */
export const sideName = (side: string) => {
  const tokens = side.split(',');
  const named = (token: string) =>
    token === '*'
      ? '任何药物'
      : token.startsWith('@')
        ? (findMedicine(token.slice(1))?.nameZh ?? token)
        : (medicineClassLabels[token as keyof typeof medicineClassLabels] ?? token);
  const [any, except] = [
    tokens.filter((one) => !one.startsWith('!')),
    tokens.filter((one) => one.startsWith('!')),
  ];
  const without = except.map((one) => named(one.slice(1))).join('、');
  return `${any.map(named).join('、')}${without === '' ? '' : `（${without}除外）`}`;
};

/** One condition of a level in words. */
export const atomName = (atom: string) => {
  const [word = '', value = ''] = atom.split(':');
  switch (word) {
    case 'has':
      return conditionLabels[value as keyof typeof conditionLabels] ?? value;
    case 'flag':
      return safetyFlagLabels[value as keyof typeof safetyFlagLabels] ?? value;
    case 'preg':
      return '妊娠或备孕';
    case 'lactating':
      return '哺乳';
    case 'with':
      return `同用${findMedicine(value)?.nameZh ?? medicineClassLabels[value as keyof typeof medicineClassLabels] ?? value}`;
    case 'without':
      return `未同用${medicineClassLabels[value as keyof typeof medicineClassLabels] ?? value}`;
    case 'dose': {
      const [code = '', limit = ''] = value.split('>');
      return `${findMedicine(code)?.nameZh ?? code}每日超过${limit}毫克`;
    }
    default: {
      if (word.startsWith('steroid>=')) return `折合泼尼松每日达到${word.slice(9)}毫克`;
      const [, name = '', sign = '', limit = ''] = /^([a-zA-Z0-9]+?)(<=|>=|<|>)([\d.]+)$/.exec(atom) ?? [];
      return `${numberNames[name] ?? name}${signs[sign] ?? sign}${limit}`;
    }
  }
};

/** One level of a rule in words: what it asks, and when; a last level without condition is for everybody left. */
export const levelName = (level: string, index = 0) => {
  const [severity = '', ...rest] = level.split(':');
  const condition = rest.join(':');
  const when = condition
    .split(',')
    .map((part) => part.split('&').map(atomName).join('且'))
    .join('，或');
  const label = severityLabels[severity as keyof typeof severityLabels];
  if (condition === '') return index > 0 ? `其余${label}` : label;
  return `${when}时${label}`;
};
