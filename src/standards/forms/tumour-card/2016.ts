import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { cardPersonLines, cardReportLines } from '../event-card-blocks.ts';
import { chosen, code, line, onlyWhen, optional, pastDate, text } from '../field-builders.ts';

const stage = '0 0  1 1  2 2  3 3  4 4  9 不详';

/**
 * 肿瘤登记报告卡: site, morphology, stage, evidence and the last contact. The codes of evidence differ between provinces.
 * @source 肿瘤登记管理办法；中国肿瘤登记工作指导手册（2016）
 */
export const tumourCard2016: FormEdition = defineEdition({
  form: 'tumour-card',
  edition: '2016',
  title: '肿瘤登记报告卡',
  dictVersion: 'TUMOUR-2016',
  source: 'TUMOUR-2016',
  clause: '中国肿瘤登记工作指导手册（2016） 登记项目',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    { id: 'person', title: '患者', lines: cardPersonLines },
    {
      id: 'diagnosis',
      title: '诊断',
      lines: [
        line(
          text('siteText', '诊断（部位、亚部位）', 200),
          text('icd10', 'ICD-10编码', 12, { pattern: 'icd-10' }),
          text('icdO3Topography', 'ICD-O-3解剖学编码', 6, optional),
        ),
        line(
          text('morphologyText', '病理学类型', 200, optional),
          text('icdO3Morphology', 'ICD-O-3形态学编码', 4, optional),
          code('behaviour', '行为学编码', '0 良性  1 交界  2 原位  3 恶性（原发）  6 恶性（转移）  9 未明'),
        ),
        code(
          'grade',
          '分化程度',
          '1 Ⅰ级高分化  2 Ⅱ级中分化  3 Ⅲ级低分化  4 Ⅳ级未分化  5 T细胞  6 B细胞  7 非T非B细胞  8 NK细胞  9 未确定或不适用',
          optional,
        ),
        text('pathologyNo', '病理号', 40, optional),
        pastDate('dxDate', '诊断日期'),
        line(
          code('stageT', 'T', stage, optional),
          code('stageN', 'N', '0 0  1 1  2 2  3 3  9 不详', optional),
          code('stageM', 'M', '0 0  1 1  9 不详', optional),
          code('stage', '确诊时期别', '0 0期  1 Ⅰ期  2 Ⅱ期  3 Ⅲ期  4 Ⅳ期  9 不详'),
        ),
        code('laterality', '侧别', '0 非对称器官  1 左侧  2 右侧  3 双侧  9 不详', {
          ...optional,
          certainty: 'own-default',
        }),
        code('multiplePrimary', '多原发', '1 是  2 否'),
        code(
          'basis',
          '诊断依据',
          '0 只有死亡医学证明书  1 临床  2 X线、CT、超声、内镜等  3 手术或尸检（无病理）  4 生化或免疫  5 细胞学或血片  6 病理（继发）  7 病理（原发）  8 尸检（有病理）  9 不详',
          { certainty: 'uncertain' },
        ),
        code('dxOrgLevel', '诊断单位级别', '1 三级  2 二级  3 一级及以下  9 不详', {
          certainty: 'own-default',
        }),
      ],
    },
    { id: 'report', title: '报告', lines: cardReportLines },
    {
      id: 'followUp',
      title: '随访',
      lines: [
        pastDate('lastContactDate', '最后接触日期', optional),
        code('vitalStatus', '生存状态', '1 生存  2 死亡  3 失访', optional),
        line(
          pastDate('deathDate', '死亡日期', onlyWhen(chosen('vitalStatus', '2'))),
          text('deathIcd', '死因ICD-10编码', 12, {
            ...onlyWhen(chosen('vitalStatus', '2')),
            pattern: 'icd-10',
          }),
        ),
        code('deathSupplement', '死亡补发', '1 是  2 否', optional),
        text('correction', '更正诊断或订正记录', 300, { ...optional, multiline: true }),
      ],
    },
  ],
  checks: [
    {
      kind: 'not-before',
      code: 'diagnosed-before-birth',
      severity: 'error',
      message: '诊断日期不应早于出生日期。',
      earlier: 'birthDate',
      later: 'dxDate',
    },
    {
      kind: 'not-before',
      code: 'reported-before-diagnosis',
      severity: 'error',
      message: '报告日期不应早于诊断日期。',
      earlier: 'dxDate',
      later: 'reportDate',
    },
  ],
});
