import { ruleTopics } from '#clinical/all-rules.ts';
import { type AnyRule, defaultCaseDay, type RuleDefinition } from '#clinical/rule-definition.ts';
import type { Certainty } from '#kernel/decision.ts';
import { fieldsOf } from '#kernel/form-shape.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';
import { findSource } from '#standards/sources.ts';
import { inWords } from './chinese-values.ts';
import { formularyPage } from './formulary-page.ts';
import { vectorPage } from './vector-page.ts';

/** How sure a number or a rule is, for the reader who signs. */
export const certaintyNames: Readonly<Record<Certainty, string>> = {
  found: '已核对原文',
  computed: '已复算',
  'from-knowledge': '据规范整理，待核对原文',
  'own-default': '平台默认值',
  uncertain: '来源有出入',
};

const trackNames = { 'public-health': '公卫口径', clinical: '临床口径', both: '两口径通用' } as const;
const known = (rule: AnyRule) => rule as unknown as RuleDefinition<unknown>;
const cell = (value: unknown) =>
  String(value ?? '')
    .replace(/\|/g, '｜')
    .replace(/\n/g, ' ');

/** The rules catalogue, a page per topic and one that leads to them; written for the person who signs, not for code. */
export function rulePages(): { path: string; text: string }[] {
  const index = ruleTopics
    .map(
      (topic) =>
        `| [${topic.title}](rules/${topic.slug}.md) | ${topic.rules.length} | ${topic.rules.reduce((sum, rule) => sum + known(rule).cases.length, 0)} | ${topic.rules.filter((rule) => known(rule).pendingSignOff).length} |`,
    )
    .join('\n');
  return [
    {
      path: 'docs/generated/rules.md',
      text: `# 规则目录\n\n由源文件生成，勿手改。每条规则写明口径、依据条款、所用数字及生效日期、把握程度和例子；例子就是测试，“应得”一栏是程序给出的结果，文字以例子标题为准。用药提示分四级：X 禁用，D 避免并须说明理由，C 监测或调整剂量，B 告知；降压药类别：A 普利或沙坦类，B β受体阻滞剂，C 二氢吡啶类钙拮抗剂，D 噻嗪类利尿剂。供临床、药师、公卫人员逐条核对签字。\n\n| 专题 | 规则数 | 例子数 | 待签字 |\n|---|---|---|---|\n${index}\n\n[药品目录](rules/formulary.md)：逐药的剂量、上限与肾功能限制，待药师确认。\n`,
    },
    ...ruleTopics.map((topic) => ({
      path: `docs/generated/rules/${topic.slug}.md`,
      text: `# ${topic.title}\n\n由源文件生成，勿手改。未写日期的例子按 ${defaultCaseDay} 判定。\n\n${topic.rules.map((rule) => rulePart(known(rule))).join('\n')}`,
    })),
    formularyPage(),
    { path: 'docs/generated/coverage.md', text: coveragePage() },
    { path: 'docs/generated/coverage-vectors.md', text: vectorPage(wanted) },
  ];
}

function rulePart(rule: RuleDefinition<unknown>): string {
  const source = findSource(rule.edition);
  const parameters = rule.parameters
    .map(
      (p) =>
        `- ${p.label}（${p.id}${p.unit ? `，${p.unit}` : ''}）\n${p.rows.map((row) => `  - ${row.from} 起：${inWords(row.value, p.id)}；${row.clause}；${certaintyNames[row.certainty]}`).join('\n')}`,
    )
    .join('\n');
  const hasDays = rule.cases.some((one) => one.day !== undefined);
  const cases = rule.cases
    .map((one) => {
      const expected =
        'missing' in one.expect
          ? `不下结论，还缺：${one.expect.missing.join('、')}`
          : cell(inWords(one.expect.value, rule.id));
      return `| ${cell(one.title)} | ${hasDays ? `${cell(one.day ?? '')} | ` : ''}${cell(expected)} |`;
    })
    .join('\n');
  return `## ${rule.id} ${rule.title}

${rule.summary}

- 口径：${trackNames[rule.track]}
- 依据：${source?.title ?? rule.edition}（${rule.edition}） ${rule.clause}
- 把握：${certaintyNames[rule.certainty]}${rule.pendingSignOff ? `\n- 待签字：${rule.pendingSignOff}` : ''}
- 实现：\`${rule.file}\`
${parameters === '' ? '' : `\n所用数字：\n\n${parameters}\n`}
| 例子 | ${hasDays ? '日期 | ' : ''}应得 |
|---|${hasDays ? '---|' : ''}---|
${cases}

核对结论：□ 同意　□ 修改为：________________________　姓名、职称：____________　日期：____________
`;
}

const numbered = (prefix: string, last: number, width = 2) =>
  Array.from({ length: last }, (_, index) => `${prefix}${String(index + 1).padStart(width, '0')}`);

/** Every rule id of the clinical reference. */
const wanted: readonly string[] = [
  ...numbered('HTN-', 21),
  ...numbered('DM-', 20),
  ...numbered('COPD-', 11),
  ...numbered('LIP-', 4),
  ...numbered('OB-', 2),
  ...numbered('LIFE-', 2),
  ...numbered('CVD-', 3),
  ...numbered('STK-', 3),
  ...numbered('CKD-', 2),
  'CHD-01',
  'HF-01',
  'AF-01',
  ...numbered('MM-', 6),
  ...numbered('D', 152, 3),
  'AL-BP',
  'AL-HR',
  'AL-GL',
  'AL-O2',
  'AL-RR',
  'AL-WT',
  'AL-T',
  'AL-PEF',
  'AL-AF',
  'AL-SYM',
  'TR-BP',
  'TR-GL',
  'TR-WT',
  'TR-CAT',
  'TR-EX',
  'ADH',
  'AL-HANDLE',
  'LAB-CRIT',
  ...numbered('GR-', 5),
  ...numbered('TCM-', 4),
];

/** Where an id is answered by other rules. */
const elsewhere: Readonly<Record<string, { readonly why: string; readonly ids: readonly string[] }>> = {
  'HTN-12': {
    why: '各类降压药的禁忌逐条列入用药安全 D015–D063、D148、D150',
    ids: [...numbered('D', 63, 3).slice(14), 'D148', 'D150'],
  },
  'AL-RR': { why: '并入 AL-OTHER', ids: ['AL-OTHER'] },
  'AL-WT': {
    why: '心衰体重并入 AL-OTHER；半年内非意愿消瘦（AL-WT-02）见 TR-WT',
    ids: ['AL-OTHER', 'TR-WT'],
  },
  'AL-T': { why: '并入 AL-OTHER', ids: ['AL-OTHER'] },
  'AL-PEF': { why: '并入 AL-OTHER', ids: ['AL-OTHER'] },
  'AL-AF': { why: '并入 AL-OTHER 与 AF-01-detect', ids: ['AL-OTHER', 'AF-01-detect'] },
  'AL-SYM': { why: '并入 AL-OTHER', ids: ['AL-OTHER'] },
  'TR-CAT': { why: '并入 COPD-05 与 COPD-10', ids: ['COPD-05', 'COPD-10'] },
};

function coveragePage(): string {
  const all = ruleTopics.flatMap((topic) => topic.rules.map(known));
  const rulesOf = (id: string) => all.filter((rule) => rule.id === id || rule.id.startsWith(`${id}-`));
  const rows = wanted.map((id) => {
    const other = elsewhere[id];
    const found = other ? other.ids.flatMap(rulesOf) : rulesOf(id);
    if (found.length === 0) throw new Error(`no rule for ${id}`);
    const files = [...new Set(found.map((rule) => rule.file))].join('、');
    const title = other?.why ?? found.map((rule) => rule.title).join('；');
    return `| ${id} | ${title.slice(0, 80)} | ${files} | ${found.reduce((sum, rule) => sum + rule.cases.length, 0)} |`;
  });
  const forms = allFormEditions.map(
    (edition) =>
      `| ${edition.title} | ${edition.form} | ${edition.edition} | ${fieldsOf(edition).length} | \`src/standards/forms/${edition.form}/${edition.edition}.ts\` |`,
  );
  return `# 覆盖情况

由源文件生成，勿手改。

## 表单

参考表逐行的字段、文件与例子见[表单覆盖情况](coverage-forms.md)；每个字段的编号、类型、范围、数据元与来源见[数据字典](data-dictionary.md)。

| 表单 | 代号 | 版本 | 字段数 | 文件 |
|---|---|---|---|---|
${forms.join('\n')}

## 规则

临床参考的每个例子由哪个例子检验，见[参考例覆盖](coverage-vectors.md)。

| 编号 | 名称或说明 | 文件 | 例子 |
|---|---|---|---|
${rows.join('\n')}
`;
}
