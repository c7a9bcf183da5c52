import { renalDoses } from '#clinical/diabetes/diabetes-parameters.ts';
import { type Medicine, medicines } from '#clinical/medicines/formulary.ts';
import { englishNames, onEssentialList, perhapsEssential } from '#clinical/medicines/formulary-english.ts';
import { medicineClassLabels } from '#clinical/medicines/medicine-classes.ts';
import { safetyRows } from '#clinical/medicines/safety-tables.ts';
import { levelName } from '#clinical/medicines/safety-words.ts';

const essentialOf = (code: string) =>
  onEssentialList.has(code) ? '是' : perhapsEssential.has(code) ? '待核对' : '否';

/** The formulary as a pharmacist signs it, a line per medicine; medicines that are only recognized stand below. */
export function formularyPage(): { path: string; text: string } {
  const listed = medicines.filter((one) => one.listed);
  const others = medicines.filter((one) => !one.listed);
  const lines = listed.map(
    (one) =>
      `| ${one.nameZh} | ${englishNames[one.code] ?? ''} | ${one.atc ?? '待核对'} | ${classesOf(one)} | ${one.usual} | ${one.maxDaily === null ? '个体化' : `${one.maxDaily} ${one.unit}`} | ${one.times} | ${essentialOf(one.code)} | ${renalLimits(one)} | 待药师确认 |`,
  );
  return {
    path: 'docs/generated/rules/formulary.md',
    text: `# 药品目录

由源文件生成，勿手改。共 ${listed.length} 种；剂量、ATC 与基药标记据说明书与指南整理，全部待药师确认，以药品说明书为准。每日上限用于超量提示，不是处方建议。

| 药品 | 英文名 | ATC | 类别 | 常用日剂量 | 每日上限 | 次数 | 基药 | 肾功能限制 | 确认 |
|---|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}

签字：____________ 日期：____________

## 只为核对相互作用而识别的药

${others.map((one) => `${one.nameZh}（${classesOf(one)}）`).join('、')}。
`,
  };
}

const classesOf = (one: Medicine) => one.classes.map((name) => medicineClassLabels[name] ?? name).join('、');

/** What the rules say of the medicine by the filtration rate alone. */
function renalLimits(one: Medicine): string {
  const steps = renalDoses.rows.at(-1)?.value[one.code] ?? [];
  const doses = steps.map((step) => `≥${step.from}：${step.advice}`);
  const limits = safetyRows.flatMap(([id, kind, sides, levels]) => {
    if (kind === 'DD' || !sides.split(',').some((side) => isOf(side, one))) return [];
    return levels
      .split(';')
      .filter((level) => level.includes('egfr'))
      .map((level) => `${levelName(level)}（${id}）`);
  });
  const metformin = one.code === 'metformin' ? ['分档见 DM-09'] : [];
  return [...doses, ...limits, ...metformin].join('；').replaceAll('|', '｜');
}

const isOf = (side: string, one: Medicine) =>
  side.startsWith('@')
    ? side.slice(1) === one.code
    : (one.classes as readonly string[]).includes(side.replace(/!.*$/, ''));
