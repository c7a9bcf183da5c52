import type { FormEdition } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import { addition, code, codes, integer, line, partialDate, pastDate, text } from '../field-builders.ts';
import { ageField, nameField, phoneField, sexLine } from '../people-blocks.ts';

/**
 * 慢性病患者自我管理小组活动花名册, one line per member.
 * @source 慢性病患者自我管理工作实施方案（区县，2022） 附件2
 */
export const peerGroupMember2022: FormEdition = defineEdition({
  form: 'peer-group-member',
  edition: '2022',
  title: '慢性病患者自我管理小组活动花名册',
  dictVersion: 'SELF-MGMT-2022',
  source: 'PEER-GROUP-2022',
  clause: '慢性病患者自我管理工作实施方案（2022） 附件2',
  certainty: 'found',
  paper: { recordsPerSheet: 20, layout: 'register' },
  groups: [
    {
      id: 'header',
      title: '表头',
      lines: [
        line(
          text('unit', '单位（社区/乡镇）', 100),
          text('groupName', '小组名称', 60),
          text('groupLeader', '组长', 50),
          text('guideDoctor', '指导医生', 50),
        ),
      ],
    },
    {
      id: 'member',
      title: '成员',
      lines: [
        integer('seqNo', '编号', { hard: { min: 1, max: 9999 } }),
        nameField,
        sexLine,
        ageField,
        codes('diseases', '疾病名称', '1 高血压  2 糖尿病  3 肿瘤  4 慢阻肺病  9 其他____', {
          certainty: 'own-default',
          text: { id: 'diseaseOther', label: '其他疾病名称', maxLength: 60 },
        }),
        partialDate('onsetDate', '患病时间'),
        pastDate('enrolDate', '纳入管理时间'),
        text('address', '家庭住址', 200),
        phoneField,
        code('role', '小组职务', '1 组员  2 组长  3 副组长', addition),
      ],
    },
  ],
  checks: [
    {
      kind: 'not-before',
      code: 'enrolled-before-onset',
      severity: 'error',
      message: '纳入管理时间不应早于患病时间。',
      earlier: 'onsetDate',
      later: 'enrolDate',
    },
  ],
});
