import type { FormEdition, FormField } from '#kernel/form-shape.ts';
import { defineEdition } from '../define-edition.ts';
import {
  addition,
  chosen,
  code,
  codes,
  line,
  onlyWhen,
  optional,
  partialDate,
  pastDate,
  rows,
  text,
} from '../field-builders.ts';

const familyDiseases =
  '1 无  2 高血压  3 糖尿病  4 冠心病  5 慢性阻塞性肺疾病  6 恶性肿瘤  7 脑卒中  8 严重精神障碍  9 结核病  10 肝炎  11 先天畸形  12 其他____';
/** Required of rural residents, once it is known that they are. */
const rural = { required: { kind: 'in-group', groups: ['rural'] } } as const;
const pastDiseases =
  '1 无  2 高血压  3 糖尿病  4 冠心病  5 慢性阻塞性肺疾病  6 恶性肿瘤  7 脑卒中  8 严重精神障碍  9 结核病  10 肝炎  11 其他法定传染病  12 职业病  13 其他';

function family(id: string, label: string): FormField[] {
  return codes(id, `家族史·${label}`, familyDiseases, {
    exclusive: ['1'],
    maxPrinted: 6,
    text: { id: `${id}Other`, label: `${label}·其他疾病`, maxLength: 100 },
  });
}

function history(id: string, label: string, nameLabel: string): FormField[] {
  return line(
    code(id, `既往史·${label}`, '1 无  2 有'),
    rows(
      `${id}Rows`,
      `${label}情况`,
      2,
      10,
      [text('name', nameLabel, 100), partialDate('time', '时间', optional)],
      onlyWhen(chosen(id, '2')),
    ),
  );
}

/**
 * 个人基本信息表 as printed in 2017: 34 items, the last five for rural residents. Children under seven do not fill it.
 * @source 国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 附件
 */
export const personalInformation2017: FormEdition = defineEdition({
  form: 'personal-information',
  edition: '2017',
  title: '个人基本信息表',
  dictVersion: 'GW3-2017',
  source: 'PHS-3',
  clause: '国家基本公共卫生服务规范（第三版） 居民健康档案管理服务规范 个人基本信息表',
  certainty: 'from-knowledge',
  paper: { recordsPerSheet: 1, layout: 'one-person' },
  groups: [
    {
      id: 'identity',
      title: '基本情况',
      lines: [
        text('name', '姓名', 50),
        text('archiveNo', '编号', 17, {
          ...optional,
          pattern: 'archive-number',
          visible: { kind: 'answered', field: 'archiveNo' },
          note: '建档时由系统编号，建档前不显示。',
        }),
        code('gender', '性别', '1 男  2 女  9 未说明的性别  0 未知的性别'),
        pastDate('birthDate', '出生日期'),
        line(
          code(
            'idType',
            '证件类型',
            '01 居民身份证  02 居民户口簿  03 护照  04 军官证  06 港澳居民来往内地通行证  07 台湾居民来往内地通行证  99 其他',
            addition,
          ),
          text('idNo', '身份证号', 32),
        ),
        text('workUnit', '工作单位', 100, optional),
        text('phone', '本人电话', 20, { pattern: 'phone' }),
        text('contactName', '联系人姓名', 50),
        text('contactPhone', '联系人电话', 20, { pattern: 'phone' }),
        text('currentAddress', '现住址', 200, { ...addition, note: '健康档案封面' }),
        text('registeredAddress', '户籍地址', 200, { ...addition, note: '健康档案封面' }),
        code('residenceType', '常住类型', '1 户籍  2 非户籍'),
        code('nation', '民族', '01 汉族  99 少数民族____', {
          text: { id: 'nationName', label: '少数民族名称', maxLength: 30 },
        }),
        code('bloodAbo', '血型', '1 A型  2 B型  3 O型  4 AB型  5 不详'),
        code('bloodRh', 'RH', '1 阴性  2 阳性  3 不详'),
        code(
          'education',
          '文化程度',
          '1 研究生  2 大学本科  3 大学专科和专科学校  4 中等专业学校  5 技工学校  6 高中  7 初中  8 小学  9 文盲或半文盲  10 不详',
        ),
        code(
          'occupation',
          '职业',
          '0 国家机关、党群组织、企业、事业单位负责人  1 专业技术人员  2 办事人员和有关人员  3 商业、服务业人员  4 农、林、牧、渔、水利业生产人员  5 生产、运输设备操作人员及有关人员  6 军人  7 不便分类的其他从业人员  8 无职业',
        ),
        code('marital', '婚姻状况', '1 未婚  2 已婚  3 丧偶  4 离婚  5 未说明的婚姻状况'),
        codes(
          'payMethods',
          '医疗费用支付方式',
          '1 城镇职工基本医疗保险  2 城镇居民基本医疗保险  3 新型农村合作医疗  4 贫困救助  5 商业医疗保险  6 全公费  7 全自费  8 其他____',
          {
            maxPrinted: 3,
            text: { id: 'payOther', label: '其他支付方式', maxLength: 50 },
            note: '城乡居民基本医疗保险按原参保类别选 2 或 3。',
          },
        ),
      ],
    },
    {
      id: 'history',
      title: '过敏、暴露与既往史',
      lines: [
        codes('drugAllergies', '药物过敏史', '1 无  2 青霉素  3 磺胺  4 链霉素  5 其他____', {
          exclusive: ['1'],
          maxPrinted: 4,
          text: { id: 'drugAllergyOther', label: '其他过敏药物', maxLength: 100 },
        }),
        codes('exposures', '暴露史', '1 无  2 化学品  3 毒物  4 射线', { exclusive: ['1'], maxPrinted: 3 }),
        rows('pastDiseases', '既往史·疾病', 6, 15, [
          code('code', '疾病', pastDiseases),
          partialDate('diagnosedYm', '确诊时间', optional),
          text('text', '名称', 100, {
            required: chosen('code', '6', '12', '13'),
            note: '恶性肿瘤、职业病和其他须写明名称。',
          }),
        ]),
        history('surgeries', '手术', '名称'),
        history('traumas', '外伤', '名称'),
        history('transfusions', '输血', '原因'),
        family('familyFather', '父亲'),
        family('familyMother', '母亲'),
        family('familySiblings', '兄弟姐妹'),
        family('familyChildren', '子女'),
        code('geneticDisease', '遗传病史', '1 无  2 有____', {
          text: { id: 'geneticDiseaseName', label: '遗传病名称', maxLength: 100 },
        }),
        line(
          codes(
            'disabilities',
            '残疾情况',
            '1 无残疾  2 视力残疾  3 听力残疾  4 言语残疾  5 肢体残疾  6 智力残疾  7 精神残疾  8 其他残疾____',
            {
              exclusive: ['1'],
              maxPrinted: 6,
              text: { id: 'disabilityOther', label: '其他残疾', maxLength: 100 },
            },
          ),
          text('disabilityCardNo', '残疾证号', 30, addition),
        ),
      ],
    },
    {
      id: 'environment',
      title: '生活环境（农村居民填写）',
      lines: [
        code('kitchenVent', '厨房排风设施', '1 无  2 油烟机  3 换气扇  4 烟囱', rural),
        code('fuelType', '燃料类型', '1 液化气  2 煤  3 天然气  4 沼气  5 柴火  6 其他', rural),
        code('drinkingWater', '饮水', '1 自来水  2 经净化过滤的水  3 井水  4 河湖水  5 塘水  6 其他', rural),
        code('toilet', '厕所', '1 卫生厕所  2 一格或二格粪池式  3 马桶  4 露天粪坑  5 简易棚厕', rural),
        code('livestockPen', '禽畜栏', '1 无  2 单设  3 室内  4 室外', rural),
      ],
    },
  ],
  checks: [
    {
      kind: 'alone-in-rows',
      code: 'none-beside-others',
      severity: 'error',
      message: '既往史·疾病选了“无”就不能再填其他疾病。',
      rows: 'pastDiseases',
      column: 'code',
      value: '1',
    },
  ],
});
