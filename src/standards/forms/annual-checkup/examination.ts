import type { FormField } from '#kernel/form-shape.ts';
import { chosen, code, codes, decimal, integer, line, onlyWhen, optional, text } from '../field-builders.ts';
import { limits } from '../plausible-limits.ts';
import { forDiabetes, forWomen } from './groups-of-people.ts';

const vision = { hard: { min: 0, max: 5.3 }, normal: [{ range: { min: 4.8 } }] };
const noneOrSome = '1 无  2 有____';

function noneOrDescribed(id: string, label: string): FormField[] {
  return code(id, label, noneOrSome, { text: { label: `${label}情况`, id: `${id}Text` } });
}

function gynaecological(id: string, label: string): FormField[] {
  return code(id, `妇科·${label}`, '1 未见异常  2 异常____', {
    ...forWomen,
    text: { label: `${label}异常情况`, id: `${id}Text` },
  });
}

/** 脏器功能 and 查体 of 健康体检表. The foot pulse has another code list here than on the diabetes follow-up sheet. */
export const examinationGroups = [
  {
    id: 'organs',
    title: '脏器功能',
    lines: [
      code('lips', '口唇', '1 红润  2 苍白  3 发绀  4 皲裂  5 疱疹'),
      line(
        codes('teeth', '齿列', '1 正常  2 缺齿  3 龋齿  4 义齿（假牙）', { exclusive: ['1'] }),
        ...(['缺齿 2', '龋齿 3', '义齿 4'] as const).map((item) => {
          const [name = '', toothCode = ''] = item.split(' ');
          return text(`teeth${toothCode}Place`, `${name}部位`, 100, {
            ...onlyWhen(chosen('teeth', toothCode)),
            note: '按左上、左下、右上、右下写明牙位。',
          });
        }),
      ),
      code('pharynx', '咽部', '1 无充血  2 充血  3 淋巴滤泡增生'),
      line(decimal('visionLeft', '视力左眼', vision), decimal('visionRight', '视力右眼', vision)),
      line(
        decimal('visionCorrLeft', '矫正视力左眼', vision, optional),
        decimal('visionCorrRight', '矫正视力右眼', vision, optional),
      ),
      code('hearing', '听力', '1 听见  2 听不清或无法听见'),
      code('motor', '运动功能', '1 可顺利完成  2 无法独立完成任何一个动作'),
    ],
  },
  {
    id: 'examination',
    title: '查体',
    lines: [
      code('fundus', '眼底', '1 正常  2 异常____', { ...optional, text: { label: '眼底异常情况' } }),
      code('skin', '皮肤', '1 正常  2 潮红  3 苍白  4 发绀  5 黄染  6 色素沉着  7 其他____'),
      code('sclera', '巩膜', '1 正常  2 黄染  3 充血  4 其他____'),
      code('lymph', '淋巴结', '1 未触及  2 锁骨上  3 腋窝  4 其他____'),
      code('barrelChest', '桶状胸', '1 否  2 是'),
      code('breathSound', '呼吸音', '1 正常  2 异常____', { text: { label: '呼吸音异常情况' } }),
      code('rales', '罗音', '1 无  2 干罗音  3 湿罗音  4 其他____'),
      integer('heartRate', '心率', { ...limits.heartRate, unit: '次/分钟' }),
      code('heartRhythm', '心律', '1 齐  2 不齐  3 绝对不齐'),
      noneOrDescribed('heartMurmur', '心脏杂音'),
      noneOrDescribed('abdTender', '压痛'),
      noneOrDescribed('abdMass', '包块'),
      noneOrDescribed('liverEnlarged', '肝大'),
      noneOrDescribed('spleenEnlarged', '脾大'),
      noneOrDescribed('shiftingDullness', '移动性浊音'),
      code('legEdema', '下肢水肿', '1 无  2 单侧  3 双侧不对称  4 双侧对称'),
      code(
        'dorsalisPedis',
        '足背动脉搏动',
        '1 未触及  2 触及双侧对称  3 触及左侧弱或消失  4 触及右侧弱或消失',
        forDiabetes,
      ),
      code('dre', '肛门指诊', '1 未及异常  2 触痛  3 包块  4 前列腺异常  5 其他____', optional),
      codes('breast', '乳腺', '1 未见异常  2 乳房切除  3 异常泌乳  4 乳腺包块  5 其他____', {
        ...forWomen,
        exclusive: ['1'],
      }),
      gynaecological('gynVulva', '外阴'),
      gynaecological('gynVagina', '阴道'),
      gynaecological('gynCervix', '宫颈'),
      gynaecological('gynUterus', '宫体'),
      gynaecological('gynAdnexa', '附件'),
      text('examOther', '查体其他', 300, { ...optional, multiline: true }),
    ],
  },
];
