import { readFileSync } from 'node:fs';
import { fieldsOf } from '#kernel/form-shape.ts';
import { allFormEditions } from '#standards/forms/all-forms.ts';

/** Tests that every form runs through, field by field. */
const everyForm = '`src/standards/forms/all-forms.test.ts`（每版每字段的通用检查）';
/** Tests with paper sheets or flows of a form of its own. */
const ownTests: Readonly<Record<string, string>> = {
  'personal-information': 'src/standards/forms/archive-samples.test.ts',
  'annual-checkup': 'src/standards/forms/archive-samples.test.ts',
  'elder-self-care': 'src/standards/forms/archive-samples.test.ts',
  'tcm-constitution': 'src/standards/forms/archive-samples.test.ts',
  'death-certificate': 'src/standards/forms/archive-samples.test.ts',
  'hypertension-follow-up': 'src/standards/forms/follow-up-samples.test.ts',
  'type-2-diabetes-follow-up': 'src/standards/forms/follow-up-samples.test.ts',
  'copd-follow-up': 'src/standards/forms/follow-up-samples.test.ts',
  'first-visit-blood-pressure': 'src/capabilities/screening/server/screening.test.ts',
  'hypertension-high-risk': 'src/capabilities/screening/server/screening.test.ts',
  'diabetes-risk-score': 'src/capabilities/screening/server/screening.test.ts',
  'copd-sq': 'src/capabilities/screening/server/screening.test.ts',
  'copd-ps': 'src/capabilities/screening/server/screening.test.ts',
  'stroke-risk-8': 'src/capabilities/screening/server/screening.test.ts',
};

/** Parts of the reference that are rules, not fields: where each is, or why not. */
const rulesOfForms: readonly (readonly [section: string, what: string, where: string])[] = [
  [
    '0.3',
    '填写要求：多选互斥、其他须说明、部分日期',
    '`src/kernel/form-validate.ts` · form-validate.test.ts',
  ],
  ['0.4', '通用限值与换算', '`src/standards/forms/plausible-limits.ts` · plausible-limits.test.ts'],
  ['1.1', '17位档案编码', '`src/standards/identity/archive-number.ts` · archive-number.test.ts'],
  ['1.3', '电子健康档案首页', '2024年试行文本的字段清单未能读到，未作为国家表单实现；居民档案页按本章汇总'],
  [
    '2.8',
    '新发现疾病并入既往史',
    '医生确认后补记，注明体检日期与来源：`src/capabilities/checkups/domain/propose-history.ts` · propose-history.test.ts、checkups.test.ts',
  ],
  ['2.15', '各类人群必查项目', '`src/standards/forms/annual-checkup/` · archive-samples.test.ts'],
  ['3.2', '高血压筛查与建档', 'HTN-03、HTN-05，见规则覆盖'],
  ['3.3', '高血压随访分类', 'HTN-15'],
  ['3.4', '高血压分类干预与随访间隔', 'HTN-14、HTN-15、HTN-16'],
  ['3.5', '高血压工作指标', '`src/standards/indicators/`、`src/capabilities/indicators/`'],
  ['4.2', '糖尿病规范与分类干预', 'DM-13、DM-18'],
  ['5.1', '慢阻肺服务规范', 'COPD-10；首次须面对面、每年4次'],
  ['5.3', 'mMRC 分级', 'COPD-05'],
  ['5.4', 'CAT 评分', 'COPD-05；量表有版权，只用条目名称'],
  ['5.5', '慢阻肺转诊', 'COPD-08、COPD-09'],
  ['6.1', '合并随访的栏目', '`src/capabilities/follow-up/domain/merge-sheets.ts` · merge-sheets.test.ts'],
  [
    '6.2',
    '合并随访规则',
    'merge-sheets.ts、MM-02、MM-03 · merged-visit.test.ts、county.test.ts（三病一次录入、三张表）',
  ],
  ['7.1', '自理能力计分', '`src/standards/forms/elder-self-care/2017.ts` · archive-samples.test.ts'],
  ['7.2', '体质判定', 'TCM-01'],
  ['10.3', '自我管理小组规模与次数', 'GR-05'],
  ['11.2', '服务包与履约', '`src/capabilities/contracts/` · contracts.test.ts；试行清单的条目未能读到'],
  ['11.3', '签约状态', '`src/capabilities/contracts/` · contracts.test.ts'],
  ['12.3', '糖尿病高危与风险评分', 'DM-01、DM-02'],
  ['12.4', '慢阻肺筛查', 'COPD-01、COPD-02、COPD-03'],
  ['12.5', '脑卒中风险', 'STK-01'],
  ['12.6', '筛查记录与漏斗', '`src/capabilities/screening/` · screening.test.ts'],
  ['14', '满意度不与某次随访挂接', '匿名答卷不得被对回到人，故不设关联随访编号'],
  ['11.1', '监护人签字', '以签约方式“代签”与乙方签字表示，不另设字段'],
];

/** Where each row of the forms' reference stands: the field, the file, the cases, or why it is not there. */
export function formCoveragePage(): string {
  const parts = sections().map(({ section, form, rows }) => {
    const edition = allFormEditions.find((one) => one.form === form);
    if (!edition) throw new Error(`no edition of ${form}`);
    const labels = new Map(fieldsOf(edition).map((field) => [field.id, field.label]));
    const lines = rows.map(([label, ids]) => {
      if (ids[0] === '-') return `| ${label} | | |`;
      const named = ids.map((id) => {
        const name = labels.get(id);
        if (name === undefined) throw new Error(`${section} ${label}: ${form} has no field ${id}`);
        return name;
      });
      return `| ${label} | ${ids.map((id) => `\`${id}\``).join('、')} | ${named.join('、')} |`;
    });
    const own = ownTests[form];
    return `### ${section} ${edition.title}

- 实现：\`src/standards/forms/${form}/${edition.edition}.ts\`
- 例子：${everyForm}${own ? `、\`${own}\`` : ''}

| 参考表的行 | 字段 | 屏上与纸上的名称 |
|---|---|---|
${lines.join('\n')}
`;
  });
  const rules = rulesOfForms.map(([section, what, where]) => `| ${section} | ${what} | ${where} |`);
  return `# 表单覆盖情况

由源文件生成，勿手改。参考表第1–14章每一行对应的字段与文件；字段的类型、选项、限值、数据元与可信度见[数据字典](data-dictionary.md)。

## 字段

${parts.join('\n')}${beyond()}
## 规则性段落

| 章节 | 内容 | 所在或原因 |
|---|---|---|
${rules.join('\n')}
`;
}

/** Fields of our own that no row of the reference asks for. */
function beyond(): string {
  const asked = new Map<string, Set<string>>();
  for (const { form, rows } of sections())
    asked.set(form, new Set([...(asked.get(form) ?? []), ...rows.flatMap(([, ids]) => ids)]));
  const lines = allFormEditions.flatMap((edition) => {
    const more = fieldsOf(edition).filter((field) => !asked.get(edition.form)?.has(field.id));
    return more.length === 0
      ? []
      : [`| ${edition.title} | ${more.map((field) => `${field.label} \`${field.id}\``).join('、')} |`];
  });
  return `
### 参考表之外的字段

属页眉、附属说明或平台补充；标“补充”的不打印。

| 表单 | 字段 |
|---|---|
${lines.join('\n')}

`;
}

interface Section {
  readonly section: string;
  readonly form: string;
  readonly rows: readonly (readonly [label: string, ids: readonly string[]])[];
}

function sections(): Section[] {
  const text = readFileSync(new URL('./form-rows.txt', import.meta.url), 'utf8');
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [head = '', ...lines] = part.trimEnd().split('\n');
      const at = head.lastIndexOf(' ');
      return {
        section: head.slice(0, at),
        form: head.slice(at + 1),
        rows: lines.map((line) => {
          const [label = '', ids = ''] = line.split(' = ');
          return [label, ids.split(' ')] as const;
        }),
      };
    });
}
