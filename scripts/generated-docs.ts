import { flowPage } from '#capabilities/visits/domain/draw-flow.ts';
import { clinicalParameters } from '#clinical/all-parameters.ts';
import { engineParameters } from '#clinical/assess/engine-parameters.ts';
import { plausibleReadings, unitConversions } from '#clinical/assess/plausible-readings.ts';
import { routineGrace } from '#clinical/hypertension/follow-up-parameters.ts';
import { lifestyleParameters } from '#clinical/lifestyle/propose-monitoring.ts';
import { testWithinDays } from '#clinical/screening/screening-parameters.ts';
import type { Parameter } from '#kernel/dated.ts';
import { consultationParameters } from '#standards/consultation-parameters.ts';
import { describeFormsMarkdown } from '#standards/forms/describe-forms.ts';
import { glossary } from '#standards/glossary.ts';
import { courseTimers } from '#standards/indicators/condition-course.ts';
import { hypertensionManagementParameters } from '#standards/indicators/hypertension-management.ts';
import { minimumManagedAge } from '#standards/indicators/managed-population.ts';
import { recordClosingParameters } from '#standards/indicators/record-closing.ts';
import { referralFollowUpDays } from '#standards/indicators/referral-follow-up.ts';
import { privacyParameters } from '#standards/privacy/privacy-parameters.ts';
import { researchParameters } from '#standards/privacy/research-levels.ts';
import { referralParameters } from '#standards/referral-parameters.ts';
import { sources } from '#standards/sources.ts';
import { accessMatrixPage } from './access-matrix-page.ts';
import { formCoveragePage } from './form-coverage.ts';
import { programSequencePage } from './program-sequence-page.ts';
import { certaintyNames, rulePages } from './rule-pages.ts';

/** The pages, and the one number, that are written from the source; a test checks that those on disk are the same. */
export function generatedDocs(): { path: string; text: string }[] {
  return [
    { path: 'docs/generated/data-dictionary.md', text: describeFormsMarkdown() },
    { path: 'docs/generated/glossary.md', text: glossaryPage() },
    { path: 'docs/generated/sources.md', text: sourcesPage() },
    { path: 'docs/generated/parameters.md', text: parametersPage() },
    { path: 'docs/generated/service-flow.md', text: flowPage() },
    { path: 'docs/generated/coverage-forms.md', text: formCoveragePage() },
    { path: 'docs/generated/access-matrix.md', text: accessMatrixPage() },
    ...rulePages(),
    { path: 'src/clinical/program-sequence.ts', text: programSequencePage() },
  ];
}

const cell = (value: unknown) =>
  String(value ?? '')
    .replace(/\|/g, '｜')
    .replace(/\n/g, ' ');
const table = (heads: readonly string[], rows: readonly (readonly unknown[])[]) =>
  [
    `| ${heads.join(' | ')} |`,
    `|${heads.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
  ].join('\n');

function glossaryPage(): string {
  const heads = Object.keys(glossary[0] ?? {});
  return `# 术语表\n\n由源文件生成，勿手改。\n\n${table(
    heads,
    glossary.map((entry) => heads.map((head) => (entry as unknown as Record<string, unknown>)[head])),
  )}\n`;
}

function sourcesPage(): string {
  const heads = [...new Set(sources.flatMap((source) => Object.keys(source)))];
  return `# 依据文件登记\n\n由源文件生成，勿手改。\n\n${table(
    heads,
    sources.map((source) => heads.map((head) => (source as unknown as Record<string, unknown>)[head])),
  )}\n`;
}

function parametersPage(): string {
  const all = [
    ...clinicalParameters,
    routineGrace,
    plausibleReadings,
    unitConversions,
    ...engineParameters,
    ...lifestyleParameters,
    minimumManagedAge,
    courseTimers,
    testWithinDays,
    ...hypertensionManagementParameters,
    ...recordClosingParameters,
    ...privacyParameters,
    ...researchParameters,
    ...referralParameters,
    ...consultationParameters,
    referralFollowUpDays,
  ] as readonly Parameter<unknown>[];
  const rows = all.flatMap((p) =>
    p.rows.map((row) => [
      p.id,
      p.label,
      JSON.stringify(row.value),
      p.unit,
      row.from,
      row.source,
      row.clause,
      certaintyNames[row.certainty],
    ]),
  );
  return `# 参数表\n\n由源文件生成，勿手改。规则与指标所用的每一个数字：生效日期、依据、条款、把握程度。供临床与公卫人员核对签字。\n\n${table(['编号', '名称', '数值', '单位', '起用', '依据', '条款', '把握'], rows)}\n`;
}
