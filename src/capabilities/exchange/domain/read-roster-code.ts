import { fieldsOf } from '#kernel/form-shape.ts';
import { personalInformation2017 } from '#standards/forms/personal-information/2017.ts';

type CodedField =
  | 'nation'
  | 'education'
  | 'occupation'
  | 'marital'
  | 'residenceType'
  | 'bloodAbo'
  | 'bloodRh';

/** How people write an option besides its official label. */
const aliases: Readonly<Record<CodedField, Readonly<Record<string, string>>>> = {
  nation: { 汉: '01', 汉族: '01' },
  education: {
    大学: '2',
    本科: '2',
    大专: '3',
    专科: '3',
    中专: '4',
    技校: '5',
    高中: '6',
    初中: '7',
    小学: '8',
    文盲: '9',
    半文盲: '9',
    不识字: '9',
    不详: '10',
    研究生: '1',
    硕士: '1',
    博士: '1',
  },
  occupation: {
    农民: '4',
    务农: '4',
    工人: '5',
    军人: '6',
    无: '8',
    无业: '8',
    学生: '8',
    教师: '1',
    医生: '1',
    个体: '3',
    干部: '0',
    退休: '7',
  },
  marital: { 已婚: '2', 未婚: '1', 丧偶: '3', 离婚: '4', 离异: '4', 再婚: '2' },
  residenceType: { 本地: '1', 常住: '1', 户籍: '1', 非户籍: '2', 流动: '2', 外来: '2' },
  bloodAbo: {
    A: '1',
    B: '2',
    O: '3',
    AB: '4',
    A型: '1',
    B型: '2',
    O型: '3',
    AB型: '4',
    不详: '5',
    未知: '5',
  },
  bloodRh: { 阴性: '1', 阳性: '2', 不详: '3', '-': '1', '+': '2' },
};

/**
 * The form's code for what a roster says: an official label, its code, or a common short form. A minority nationality
 * brings its name along. Undefined when it cannot be told.
 */
export function readRosterCode(
  field: CodedField,
  text: string,
): Readonly<Record<string, string>> | undefined {
  const plain = text.replace(/\s/g, '').replace(/ＡＢ/g, 'AB');
  const definition = fieldsOf(personalInformation2017).find((one) => one.id === field);
  const options = definition?.kind === 'code' ? definition.options : [];
  const code =
    options.find((option) => option.label === plain)?.code ??
    aliases[field][plain.toUpperCase()] ??
    aliases[field][plain] ??
    options.find((option) => option.code === plain || Number(option.code) === Number(plain || Number.NaN))
      ?.code;
  if (code !== undefined) return { [field]: code };
  if (field === 'nation' && /^[\p{Script=Han}]{1,8}族$/u.test(plain))
    return { nation: '99', nationName: plain };
  return undefined;
}
