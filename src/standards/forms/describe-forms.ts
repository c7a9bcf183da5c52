import { describeCondition } from '#kernel/form-condition-text.ts';
import { describeRange } from '#kernel/form-describe.ts';
import { type FormEdition, type FormField, type FormGroup, fieldsOf } from '#kernel/form-shape.ts';
import { findSource } from '../sources.ts';
import { allFormEditions } from './all-forms.ts';
import { certaintyNames } from './certainty-names.ts';

const kindNames: Readonly<Record<FormField['kind'], string>> = {
  code: '单选',
  codes: '多选',
  integer: '整数',
  decimal: '小数',
  computed: '自动计算',
  text: '文字',
  date: '日期',
  'partial-date': '日期（可只到年或月）',
  flag: '是否',
  reference: '引用',
  rows: '多行',
};

const computations = { bmi: '体重÷身高²', sum: '合计', 'percent-of': '百分比' } as const;
const headings = ['序号', '字段', '编码', '类型', '选项与单位', '必填', '限值', '数据元', '可信度'];

/** The data dictionary page: every field of every edition with codes, unit, limits, rule, data element and certainty. */
export function describeFormsMarkdown(editions: readonly FormEdition[] = allFormEditions): string {
  const contents = editions.map(
    (edition) => `- ${edition.title}（\`${edition.form}@${edition.edition}\`）：${countOf(edition)} 个字段`,
  );
  return [
    '# 数据字典：表单',
    '',
    '由源码生成，请勿手工修改。“硬限”之外拒绝保存，“确认”之外须确认，“提示”之外仅突出显示；三者均为本平台工程建议。',
    '标“补充”的字段不在国家表样上，不打印。',
    '',
    ...contents,
    '',
    ...editions.flatMap(describeEdition),
  ].join('\n');
}

function describeEdition(edition: FormEdition): string[] {
  const source = findSource(edition.source);
  const facts = [
    `表单 \`${edition.form}\`，版本 \`${edition.edition}\`，字典 \`${edition.dictVersion}\``,
    `依据：${source ? source.title : edition.source}${source?.number ? `（${source.number}）` : ''}`,
    ...(edition.excused
      ? [
          `${describeCondition(edition.excused.when, fieldsOf(edition))}时，只有${namesOf(edition, edition.excused.except)}必填`,
        ]
      : []),
    ...(edition.supersededFrom ? [`自 ${edition.supersededFrom} 起另有新版`] : []),
  ];
  return [
    `## ${edition.title}`,
    '',
    `${facts.join('。')}。`,
    '',
    ...edition.groups.flatMap((group) => describeGroup(edition, group)),
    ...describeChecks(edition),
  ];
}

function namesOf(edition: FormEdition, ids: readonly string[]): string {
  const fields = fieldsOf(edition).filter(({ id }) => ids.includes(id));
  return fields.map(({ label }) => `“${label}”`).join('、');
}

function describeGroup(edition: FormEdition, group: FormGroup): string[] {
  const lines = group.fields.flatMap((field) => [
    fieldLine(edition, group, field, field.id, group.fields),
    ...(field.kind === 'rows'
      ? field.columns.map((column) =>
          fieldLine(edition, group, column, `${field.id}.${column.id}`, field.columns),
        )
      : []),
  ]);
  return [
    `### ${group.title}`,
    '',
    `来源：${group.source}`,
    '',
    row(headings),
    row(headings.map(() => '---')),
    ...lines,
    '',
  ];
}

function fieldLine(
  edition: FormEdition,
  group: FormGroup,
  field: FormField,
  path: string,
  beside: readonly FormField[],
): string {
  const all = beside === group.fields ? fieldsOf(edition) : beside;
  return row([
    field.extension ? '补充' : (field.no ?? ''),
    field.label,
    `\`${path}\``,
    kindNames[field.kind],
    optionsOf(field),
    requiredOf(field, all),
    limitsOf(field, all),
    field.dataElementId ?? '',
    certaintyNames[field.certainty ?? group.certainty ?? 'uncertain'],
  ]);
}

function optionsOf(field: FormField): string {
  const parts: string[] = [];
  if (field.kind === 'code' || field.kind === 'codes') {
    parts.push(field.options.map(({ code, label }) => `${code} ${label}`).join('；'));
    const asking = Object.keys(field.needsText ?? {});
    if (asking.length > 0) parts.push(`选 ${asking.join('、')} 须写明`);
  }
  if (field.kind === 'codes' && field.exclusive.length > 0)
    parts.push(`${field.exclusive.join('、')} 不与其他同选`);
  if (field.kind === 'computed') parts.push(`${computations[field.compute]}：${field.from.join('、')}`);
  if (field.kind === 'reference') {
    parts.push({ staff: '人员', organization: '机构', resident: '居民' }[field.to]);
  }
  if (field.kind === 'rows') parts.push(`印 ${field.printedRows} 行，最多 ${field.maxRows} 行`);
  if (field.unit) parts.push(field.unit);
  return parts.join('。');
}

function requiredOf(field: FormField, all: readonly FormField[]): string {
  if (field.kind === 'computed') return '—';
  if (field.required === 'always') return '必填';
  if (field.required !== 'optional') return `${describeCondition(field.required, all)}时必填`;
  const isBeside = all.some(
    (one) => 'needsText' in one && Object.values(one.needsText ?? {}).includes(field.id),
  );
  return isBeside && field.visible ? `${describeCondition(field.visible, all)}时必填` : '选填';
}

function limitsOf(field: FormField, all: readonly FormField[]): string {
  const parts: string[] = [];
  if (field.kind === 'integer' || field.kind === 'decimal') {
    parts.push(`硬限 ${describeRange(field.hard)}`);
    if (field.warn) parts.push(`确认 ${describeRange(field.warn)}`);
  }
  if ('normal' in field) {
    for (const { range, when } of field.normal ?? []) {
      parts.push(`提示 ${describeRange(range)}${when ? `（${describeCondition(when, all)}）` : ''}`);
    }
  }
  if (field.kind === 'decimal') parts.push(`${field.places} 位小数`);
  if (field.kind === 'text') parts.push(`最多 ${field.maxLength} 字`);
  if (field.kind === 'date' && field.notAfterToday) parts.push('不晚于当天');
  return parts.join('；');
}

function describeChecks(edition: FormEdition): string[] {
  if (edition.checks.length === 0) return [];
  return [
    '### 核对规则',
    '',
    ...edition.checks.map(
      (check) => `- ${check.severity === 'error' ? '拒绝' : '确认'}：${check.message}（\`${check.code}\`）`,
    ),
    '',
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

function countOf(edition: FormEdition): number {
  return edition.groups.reduce((total, group) => total + group.fields.length, 0);
}
