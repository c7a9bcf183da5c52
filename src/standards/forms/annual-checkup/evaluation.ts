import type { CrossCheck, FormField } from '#kernel/form-shape.ts';
import {
  chosen,
  code,
  codes,
  decimal,
  line,
  onlyWhen,
  optional,
  pastDate,
  rows,
  shownWhen,
  text,
} from '../field-builders.ts';
import { limits } from '../plausible-limits.ts';

function problem(id: string, label: string, printed: string): FormField[] {
  return codes(id, label, printed, { exclusive: ['1'], text: { label: `其他${label}` } });
}

function stays(id: string, label: string, from: [string, string], to: [string, string]): FormField {
  const inOrder: CrossCheck = {
    kind: 'not-before',
    code: 'ends-before-start',
    severity: 'error',
    message: `${to[1]}不应早于${from[1]}。`,
    earlier: from[0],
    later: to[0],
  };
  return rows(
    id,
    label,
    2,
    20,
    [
      pastDate(from[0], from[1]),
      pastDate(to[0], to[1], optional),
      text('reason', '原因', 200),
      text('orgName', '医疗机构名称', 100),
      text('recordNo', '病案号', 40, optional),
    ],
    { ...optional, checks: [inOrder] },
  );
}

const abnormal = chosen('evaluation', '2');

/** 现存主要健康问题 to 危险因素控制 of 健康体检表. */
export const evaluationGroups = [
  {
    id: 'problems',
    title: '现存主要健康问题',
    lines: [
      problem(
        'probCerebro',
        '脑血管疾病',
        '1 未发现  2 缺血性卒中  3 脑出血  4 蛛网膜下腔出血  5 短暂性脑缺血发作  6 其他____',
      ),
      problem(
        'probKidney',
        '肾脏疾病',
        '1 未发现  2 糖尿病肾病  3 肾功能衰竭  4 急性肾炎  5 慢性肾炎  6 其他____',
      ),
      problem(
        'probHeart',
        '心脏疾病',
        '1 未发现  2 心肌梗死  3 心绞痛  4 冠状动脉血运重建  5 充血性心力衰竭  6 心前区疼痛  7 其他____',
      ),
      problem('probVessel', '血管疾病', '1 未发现  2 夹层动脉瘤  3 动脉闭塞性疾病  4 其他____'),
      problem('probEye', '眼部疾病', '1 未发现  2 视网膜出血或渗出  3 视乳头水肿  4 白内障  5 其他____'),
      code('probNeuro', '神经系统疾病', '1 未发现  2 有____'),
      code('probOther', '其他系统疾病', '1 未发现  2 有____'),
    ],
  },
  {
    id: 'treatment',
    title: '住院、用药与接种（近一年）',
    lines: [
      stays('hospitalizations', '住院史', ['inDate', '入院日期'], ['outDate', '出院日期']),
      stays('homeBeds', '家庭病床史', ['startDate', '建床日期'], ['endDate', '撤床日期']),
      rows(
        'medications',
        '主要用药情况',
        6,
        20,
        [
          text('drugName', '药物名称', 60),
          text('usage', '用法', 40),
          text('dosage', '用量', 60),
          text('duration', '用药时间', 30),
          code('adherence', '服药依从性', '1 规律  2 间断  3 不服药'),
        ],
        optional,
      ),
      rows(
        'vaccinations',
        '非免疫规划预防接种史',
        3,
        10,
        [text('vaccineName', '名称', 60), pastDate('vaccDate', '接种日期'), text('vaccOrg', '接种机构', 100)],
        optional,
      ),
    ],
  },
  {
    id: 'evaluation',
    title: '健康评价与指导',
    lines: [
      line(
        code('evaluation', '健康评价', '1 体检无异常  2 有异常', {
          note: '无异常指没有新发疾病，原有疾病控制良好。',
        }),
        text('abnormal1', '异常1', 200, onlyWhen(abnormal)),
        text('abnormal2', '异常2', 200, shownWhen(abnormal)),
        text('abnormal3', '异常3', 200, shownWhen(abnormal)),
        text('abnormal4', '异常4', 200, shownWhen(abnormal)),
      ),
      codes('guidance', '健康指导', '1 纳入慢性病患者健康管理  2 建议复查  3 建议转诊', {
        ...optional,
        maxPrinted: 3,
      }),
      line(
        codes(
          'riskControl',
          '危险因素控制',
          '1 戒烟  2 健康饮酒  3 饮食  4 锻炼  5 减体重  6 建议接种疫苗____  7 其他____',
          {
            ...optional,
            maxPrinted: 7,
            texts: {
              '6': { id: 'adviseVaccine', label: '建议接种的疫苗', maxLength: 60 },
              '7': { id: 'riskControlOther', label: '其他危险因素控制', maxLength: 100 },
            },
          },
        ),
        decimal('targetWeight', '减体重目标', limits.weight, onlyWhen(chosen('riskControl', '5'))),
      ),
    ],
  },
];
