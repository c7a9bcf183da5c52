import type { FormField } from '#kernel/form-shape.ts';
import {
  chosen,
  code,
  codes,
  computed,
  decimal,
  integer,
  line,
  onlyWhen,
  shownWhen,
  text,
} from '../field-builders.ts';
import { limits, normalBodyMassIndex } from '../plausible-limits.ts';
import { forCopd, forOlderPeople } from './groups-of-people.ts';

const years = { unit: '岁', hard: { min: 5, max: 120 } };
const exercises = chosen('exerciseFreq', '1', '2', '3');
const hasSmoked = chosen('smokeStatus', '2', '3');
const drinks = chosen('drinkFreq', '2', '3', '4');
const exposed = chosen('occHazard', '2');
/** At least one arm: a side is required while the other is open. */
const unlessAnswered = (other: string) =>
  ({ required: { kind: 'not', of: { kind: 'answered', field: other } } }) as const;

function hazard(id: string, label: string): FormField[] {
  return line(
    text(id, label, 60, shownWhen(exposed)),
    code(`${id}Protect`, `${label}防护措施`, '1 无  2 有____', {
      ...onlyWhen({ kind: 'answered', field: id }),
      text: { id: `${id}ProtectText`, label: `${label}防护措施内容`, maxLength: 60 },
    }),
  );
}

/** 症状, 一般状况 and 生活方式 of 健康体检表. */
export const generalGroups = [
  {
    id: 'symptoms',
    title: '症状',
    lines: [
      codes(
        'symptoms',
        '症状',
        '1 无症状  2 头痛  3 头晕  4 心悸  5 胸闷  6 胸痛  7 慢性咳嗽  8 咳痰  9 呼吸困难  10 多饮  11 多尿  12 体重下降  13 乏力  14 关节肿痛  15 视力模糊  16 手脚麻木  17 尿急  18 尿痛  19 便秘  20 腹泻  21 恶心呕吐  22 眼花  23 耳鸣  24 乳房胀痛  25 其他____',
        { exclusive: ['1'], maxPrinted: 10, text: { id: 'symptomOther', label: '其他症状' } },
      ),
    ],
  },
  {
    id: 'condition',
    title: '一般状况',
    lines: [
      decimal('temperature', '体温', limits.temperature),
      integer('pulse', '脉率', { ...limits.heartRate, unit: '次/分钟' }),
      integer('respRate', '呼吸频率', { ...limits.respiratoryRate, unit: '次/分钟' }),
      line(
        integer('bpLeftSbp', '左侧收缩压', limits.sbp, unlessAnswered('bpRightSbp')),
        integer('bpLeftDbp', '左侧舒张压', limits.dbp, unlessAnswered('bpRightDbp')),
      ),
      line(
        integer('bpRightSbp', '右侧收缩压', limits.sbp, unlessAnswered('bpLeftSbp')),
        integer('bpRightDbp', '右侧舒张压', limits.dbp, unlessAnswered('bpLeftDbp')),
      ),
      decimal('height', '身高', limits.height, { warnChange: { absolute: 3 } }),
      decimal('weight', '体重', limits.weight, { warnChange: { percent: 10 } }),
      decimal('waist', '腰围', limits.waist),
      computed('bmi', '体质指数（BMI）', 'bmi', ['weight', 'height'], {
        unit: 'kg/m²',
        normal: normalBodyMassIndex,
      }),
      code(
        'elderSelfHealth',
        '老年人健康状态自我评估',
        '1 满意  2 基本满意  3 说不清楚  4 不太满意  5 不满意',
        forOlderPeople,
      ),
      code(
        'elderSelfCare',
        '老年人生活自理能力自我评估',
        '1 可自理（0~3分）  2 轻度依赖（4~8分）  3 中度依赖（9~18分）  4 不能自理（≥19分）',
        forOlderPeople,
      ),
      line(
        code('elderCognition', '老年人认知功能', '1 粗筛阴性  2 粗筛阳性，简易智力状态检查', forOlderPeople),
        integer(
          'mmseScore',
          '简易智力状态检查总分',
          { unit: '分', hard: { min: 0, max: 30 } },
          onlyWhen(chosen('elderCognition', '2')),
        ),
      ),
      line(
        code('elderEmotion', '老年人情感状态', '1 粗筛阴性  2 粗筛阳性，老年人抑郁评分检查', forOlderPeople),
        integer(
          'gdsScore',
          '老年人抑郁评分检查总分',
          { unit: '分', hard: { min: 0, max: 30 } },
          onlyWhen(chosen('elderEmotion', '2')),
        ),
      ),
      integer('spo2', '脉搏氧饱和度（SpO₂）', limits.spo2, forCopd),
    ],
  },
  {
    id: 'lifestyle',
    title: '生活方式',
    lines: [
      code('exerciseFreq', '锻炼频率', '1 每天  2 每周一次以上  3 偶尔  4 不锻炼'),
      integer(
        'exerciseMinutes',
        '每次锻炼时间',
        { unit: '分钟', hard: { min: 1, max: 600 }, warn: { max: 180 } },
        onlyWhen(exercises),
      ),
      decimal(
        'exerciseYears',
        '坚持锻炼时间',
        { unit: '年', hard: { min: 0, max: 100 } },
        onlyWhen(exercises),
      ),
      text('exerciseWay', '锻炼方式', 100, onlyWhen(exercises)),
      codes('dietHabits', '饮食习惯', '1 荤素均衡  2 荤食为主  3 素食为主  4 嗜盐  5 嗜油  6 嗜糖', {
        oneOf: [['1', '2', '3']],
        maxPrinted: 3,
      }),
      code('smokeStatus', '吸烟状况', '1 从不吸烟  2 已戒烟  3 吸烟'),
      integer('cigarettesPerDay', '日吸烟量', limits.cigarettes, {
        ...onlyWhen(hasSmoked),
        note: '已戒烟者填戒烟前的量。',
      }),
      integer('smokeStartAge', '开始吸烟年龄', years, onlyWhen(hasSmoked)),
      integer('smokeQuitAge', '戒烟年龄', years, onlyWhen(chosen('smokeStatus', '2'))),
      code('drinkFreq', '饮酒频率', '1 从不  2 偶尔  3 经常  4 每天'),
      decimal('alcoholLiangPerDay', '日饮酒量', limits.alcohol, {
        ...onlyWhen(drinks),
        note: '折合白酒：啤酒÷10、葡萄酒÷4、黄酒÷5。',
      }),
      line(
        code('alcoholQuit', '是否戒酒', '1 未戒酒  2 已戒酒', onlyWhen(drinks)),
        integer('alcoholQuitAge', '戒酒年龄', years, onlyWhen(chosen('alcoholQuit', '2'))),
      ),
      integer('drinkStartAge', '开始饮酒年龄', years, onlyWhen(drinks)),
      code('drunkInYear', '近一年内是否曾醉酒', '1 是  2 否', onlyWhen(drinks)),
      codes('drinkTypes', '饮酒种类', '1 白酒  2 啤酒  3 红酒  4 黄酒  5 其他____', {
        ...onlyWhen(drinks),
        maxPrinted: 4,
        text: { id: 'drinkTypeOther', label: '其他饮酒种类', maxLength: 50 },
      }),
      line(
        code('occHazard', '职业病危害因素接触史', '1 无  2 有'),
        text('occJob', '工种', 60, onlyWhen(exposed)),
        decimal('occYears', '从业时间', { unit: '年', hard: { min: 0, max: 100 } }, onlyWhen(exposed)),
      ),
      hazard('occDust', '粉尘'),
      hazard('occRadiation', '放射物质'),
      hazard('occPhysical', '物理因素'),
      hazard('occChemical', '化学物质'),
      hazard('occOther', '其他毒物'),
    ],
  },
];
