import { labelOf } from './form-describe.ts';
import type { Comparison, Condition, FormField } from './form-shape.ts';

const comparisons: Readonly<Record<Comparison, string>> = {
  '<': '小于',
  '<=': '不大于',
  '=': '等于',
  '>=': '不小于',
  '>': '大于',
};

const groupNames: Readonly<Record<string, string>> = {
  rural: '农村居民',
  'older-people': '老年人',
  hypertension: '高血压患者',
  'type-2-diabetes': '2型糖尿病患者',
  copd: '慢阻肺病患者',
};

/** A condition as a Chinese phrase for the data dictionary, with the labels of the fields it names. */
export function describeCondition(condition: Condition, fields: readonly FormField[]): string {
  const find = (id: string) => fields.find((field) => field.id === id);
  const name = (id: string) => find(id)?.label ?? id;
  switch (condition.kind) {
    case 'answered':
      return `已填“${name(condition.field)}”`;
    case 'in': {
      const field = find(condition.field);
      const options = field?.kind === 'code' || field?.kind === 'codes' ? field.options : [];
      const chosen = condition.codes.map((code) => labelOf(options, code)).join('、');
      return `“${name(condition.field)}”为${chosen}`;
    }
    case 'is':
      return `“${name(condition.field)}”为${condition.value ? '是' : '否'}`;
    case 'number':
      return `“${name(condition.field)}”${comparisons[condition.than]}${condition.value}`;
    case 'compare':
      return `“${name(condition.field)}”${comparisons[condition.than]}“${name(condition.other)}”`;
    case 'age-at-least':
      return `${condition.years}岁及以上`;
    case 'age-at-most':
      return `${condition.years}岁及以下`;
    case 'sex-is':
      return condition.sex === '1' ? '男性' : '女性';
    case 'in-group':
      return condition.groups.map((group) => groupNames[group] ?? group).join('或');
    case 'all':
      return condition.of.map((part) => describeCondition(part, fields)).join('，且');
    case 'any':
      return condition.of.map((part) => describeCondition(part, fields)).join('，或');
    case 'not':
      return `不是（${describeCondition(condition.of, fields)}）`;
  }
}
