import { renalDoses } from '#clinical/diabetes/diabetes-parameters.ts';
import { findMedicine, type Medicine, medicines } from '#clinical/medicines/formulary.ts';
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

核对结论：□ 同意　□ 修改为：________________________　姓名、职称：____________　日期：____________

## 只为核对相互作用而识别的药

${others.map((one) => `${one.nameZh}（${classesOf(one)}）`).join('、')}。
`,
  };
}

const classesOf = (one: Medicine) => one.classes.map((name) => medicineClassLabels[name] ?? name).join('、');

/** What the rules say of the medicine by the filtration rate alone; what they say of its neighbours stands with those. */
function renalLimits(one: Medicine): string {
  const steps = renalDoses.rows.at(-1)?.value[one.code] ?? [];
  const doses = steps.map((step, index) => `${bandName(step.from, steps[index + 1]?.from)}：${step.advice}`);
  const limits = safetyRows.flatMap(([id, kind, sides, levels]) => {
    if (kind === 'DD' || !sides.split(',').some((side) => isOf(side, one))) return [];
    return levels.split(';').flatMap((level) => {
      const own = ownLevel(level, one);
      return own === undefined ? [] : [`${levelName(own)}（${id}）`];
    });
  });
  const metformin = one.classes.includes('MET') ? ['剂量分档见 DM-09'] : [];
  return [...doses, ...limits, ...metformin].join('；').replaceAll('|', '｜');
}

const bandName = (from: number, next: number | undefined) =>
  next === undefined ? `滤过率≥${from}` : from === 0 ? `滤过率<${next}` : `滤过率${from}–<${next}`;

/** The level with only the alternatives that ask for the filtration rate and are not about another medicine of the row. */
function ownLevel(level: string, one: Medicine): string | undefined {
  const [severity = '', ...rest] = level.split(':');
  const own = rest
    .join(':')
    .split(',')
    .filter((part) => part.includes('egfr'))
    .flatMap((part) => {
      const atoms = part.split('&');
      const family = atoms.flatMap((atom) => /^with:(.+)/.exec(atom)?.[1] ?? []);
      const others = family.filter((code) => sharesClass(code, one) && code !== one.code);
      return others.length > 0 ? [] : [atoms.filter((atom) => atom !== `with:${one.code}`).join('&')];
    });
  return own.length > 0 ? `${severity}:${own.join(',')}` : undefined;
}

const sharesClass = (code: string, one: Medicine) =>
  findMedicine(code)?.classes.some((name) => name !== 'OTHER' && one.classes.includes(name)) ?? false;

const isOf = (side: string, one: Medicine) =>
  side.startsWith('@')
    ? side.slice(1) === one.code
    : (one.classes as readonly string[]).includes(side.replace(/!.*$/, ''));
