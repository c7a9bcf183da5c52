import { parameter, rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { weightBands } from '../obesity/judge-weight.ts';

export const constitutionLabels = {
  pinghe: '平和质',
  qixu: '气虚质',
  yangxu: '阳虚质',
  yinxu: '阴虚质',
  tanshi: '痰湿质',
  shire: '湿热质',
  xueyu: '血瘀质',
  qiyu: '气郁质',
  tebing: '特禀质',
} as const;

export type Constitution = keyof typeof constitutionLabels;

export const constitutionScores = parameter({
  id: 'TCM-01.scores',
  label: '体质判定：各体质的条目、界值',
  rows: [
    {
      from: plainDate('2013-07-31'),
      source: 'PHS-3',
      certainty: 'found',
      clause: '老年人中医药健康管理服务记录表 体质判定标准',
      value: {
        items: {
          qixu: [2, 3, 4, 14],
          yangxu: [11, 12, 13, 29],
          yinxu: [10, 21, 26, 31],
          tanshi: [9, 16, 28, 32],
          shire: [23, 25, 27, 30],
          xueyu: [19, 22, 24, 33],
          qiyu: [5, 6, 7, 8],
          tebing: [15, 17, 18, 20],
        },
        balanced: { plain: [1], reversed: [2, 4, 5, 13] },
        yes: 11,
        tends: 9,
        balancedFrom: 17,
        othersForYes: 8,
        othersForMostly: 10,
      },
    },
  ],
});

export interface ConstitutionResult {
  /** Sum of each type. */
  readonly scores: Readonly<Record<Constitution, number>>;
  readonly yes: readonly Constitution[];
  readonly tends: readonly Constitution[];
  readonly balanced: 'yes' | 'mostly' | 'no';
}

/** The constitution of an older person from 33 answers, 1–5 each, in the order of the sheet. Undecided unless all are given. @source 老年人中医药健康管理服务记录表 */
export function judgeConstitution(
  facts: { readonly answers: readonly number[] },
  day: PlainDate,
): Decision<ConstitutionResult> {
  const row = rowOn(constitutionScores, day);
  const rule = ruleFrom('TCM-01', row);
  const { answers } = facts;
  if (answers.length !== 33 || answers.some((one) => !Number.isInteger(one) || one < 1 || one > 5))
    return undecided(rule, ['33项问题（须全部作答）']);
  const limit = row.value;
  const at = (item: number) => answers[item - 1] ?? 0;
  const sum = (items: readonly number[]) => items.reduce((total, item) => total + at(item), 0);
  const biased = Object.entries(limit.items) as [Exclude<Constitution, 'pinghe'>, readonly number[]][];
  const others = Object.fromEntries(biased.map(([type, items]) => [type, sum(items)])) as Record<
    Exclude<Constitution, 'pinghe'>,
    number
  >;
  const pinghe =
    sum(limit.balanced.plain) + limit.balanced.reversed.reduce((total, item) => total + 6 - at(item), 0);
  const worst = Math.max(...Object.values(others));
  const balanced =
    pinghe >= limit.balancedFrom && worst <= limit.othersForYes
      ? 'yes'
      : pinghe >= limit.balancedFrom && worst <= limit.othersForMostly
        ? 'mostly'
        : 'no';
  const of = (holds: (score: number) => boolean) =>
    biased.filter(([type]) => holds(others[type])).map(([type]) => type);
  const yes: Constitution[] = [
    ...(balanced === 'yes' ? (['pinghe'] as const) : []),
    ...of((score) => score >= limit.yes),
  ];
  const tends: Constitution[] = [
    ...(balanced === 'mostly' ? (['pinghe'] as const) : []),
    ...of((score) => score >= limit.tends && score < limit.yes),
  ];
  const reasons: Reason[] = [
    ...yes.map((type) => because(type, `${constitutionLabels[type]}：是。`)),
    ...tends.map((type) =>
      because(`${type}-tends`, `${constitutionLabels[type]}：${type === 'pinghe' ? '基本是' : '倾向是'}。`),
    ),
  ];
  return decided(rule, { scores: { pinghe, ...others }, yes, tends, balanced }, reasons);
}

export interface ConstitutionAdvice {
  readonly food: string;
  readonly living: string;
  readonly point: string;
}

export const constitutionAdvice = parameter<Readonly<Record<Constitution, ConstitutionAdvice>>>({
  id: 'TCM-02.advice',
  label: '按体质的饮食、起居运动、穴位建议（医生可改）',
  rows: [
    {
      from: plainDate('2013-07-31'),
      source: 'HTN-JC-2025',
      certainty: 'from-knowledge',
      clause: '国家基层高血压防治管理指南 2025版 §6.3.8；其余据体质调理通识',
      value: {
        pinghe: { food: '饮食均衡，随季节', living: '作息规律，八段锦或太极拳', point: '足三里' },
        qixu: { food: '山药、莲子、大枣、鸡肉', living: '避免大汗受风，慢走', point: '气海、足三里（灸）' },
        yangxu: { food: '牛羊肉、生姜、韭菜', living: '保暖，多晒太阳，八段锦', point: '关元、命门（灸）' },
        yinxu: { food: '百合、银耳、鸭肉、梨', living: '不熬夜，静养，游泳', point: '太溪、三阴交' },
        tanshi: { food: '冬瓜、白萝卜、薏苡仁', living: '多运动出汗，控制体重', point: '丰隆、足三里' },
        shire: { food: '绿豆、苦瓜、薏苡仁', living: '不饮酒，少辛辣油炸', point: '曲池、阴陵泉' },
        xueyu: { food: '山楂、藕、黑木耳', living: '和缓有氧运动，避寒', point: '血海、内关' },
        qiyu: { food: '丝瓜、柑橘、玫瑰花茶', living: '多交往，听音乐唱歌', point: '太冲、膻中' },
        tebing: { food: '避免过敏食物', living: '避开尘螨花粉，外出戴口罩', point: '迎香' },
      },
    },
  ],
});

export interface AdviceFacts {
  readonly constitutions: readonly Constitution[];
  readonly diabetes?: boolean | undefined;
  readonly anticoagulant?: boolean | undefined;
  readonly bmi?: number | undefined;
}

/** Advice for the person's constitutions, with what disease and medicine forbid left out. @source 体质调理；平台默认的安全限制 */
export function adviseConstitution(
  facts: AdviceFacts,
  day: PlainDate,
): Decision<
  readonly {
    readonly constitution: Constitution;
    readonly food: string;
    readonly living: string;
    readonly point: string;
  }[]
> {
  const row = rowOn(constitutionAdvice, day);
  const rule = ruleFrom('TCM-02', row);
  if (facts.constitutions.length === 0) return undecided(rule, ['体质']);
  const advice = facts.constitutions.map((constitution) => {
    const { food, living, point } = row.value[constitution];
    const safe = facts.diabetes ? food.replace('大枣、', '').replace('、梨', '') : food;
    return {
      constitution,
      food: constitution === 'xueyu' && facts.anticoagulant ? '正在用抗凝药，活血食疗先问医生' : safe,
      living,
      point,
    };
  });
  const lose =
    facts.constitutions.includes('tanshi') &&
    facts.bmi !== undefined &&
    facts.bmi >= valueOn(weightBands, day).bmi[3].from;
  return decided(rule, advice, [
    ...advice.map((one) =>
      because(one.constitution, `${constitutionLabels[one.constitution]}：${one.food}；${one.living}。`),
    ),
    ...(lose ? [because('lose-weight', '痰湿质且肥胖，同时按减重能量处方控制体重。')] : []),
  ]);
}

export interface TechniqueFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly onAntihypertensive?: boolean | undefined;
  readonly pregnant?: boolean | undefined;
  readonly skinLesionOrAllergy?: boolean | undefined;
  readonly insensateFeet?: boolean | undefined;
  readonly anticoagulant?: boolean | undefined;
}

export const techniqueLimits = parameter({
  id: 'TCM-03.limits',
  label: '中医技术：必须与降压药同用的血压；耳穴更换天数',
  rows: [
    {
      from: plainDate('2025-09-01'),
      source: 'HTN-JC-2025',
      certainty: 'found',
      clause: '国家基层高血压防治管理指南 2025版 §6',
      value: { withDrugs: { sbp: 160, dbp: 100 }, earSeedDays: { from: 3, to: 5 } },
    },
  ],
});

/** Which techniques are shut for this person, and whether medicine must go along. Undecided without pressure. @source 国家基层高血压防治管理指南 2025版 §6 */
export function checkTechniques(
  facts: TechniqueFacts,
  day: PlainDate,
): Decision<{ readonly needsDrugs: boolean; readonly blocked: readonly string[] }> {
  const row = rowOn(techniqueLimits, day);
  const rule = ruleFrom('TCM-03', row);
  const { sbp, dbp } = facts;
  if (sbp === undefined || dbp === undefined) return undecided(rule, missingOf({ 收缩压: sbp, 舒张压: dbp }));
  const high = sbp >= row.value.withDrugs.sbp || dbp >= row.value.withDrugs.dbp;
  const blocked: Reason[] = [];
  if (facts.pregnant) blocked.push(because('points', '妊娠不用合谷、三阴交与活血药。'));
  if (facts.skinLesionOrAllergy) blocked.push(because('patch', '皮肤破损或过敏不贴敷、不贴耳穴。'));
  if (facts.insensateFeet) blocked.push(because('foot-bath', '足部感觉减退或缺血不做热水足浴。'));
  if (facts.anticoagulant) blocked.push(because('stasis-herbs', '用抗凝药不用三七、丹参，不刮痧。'));
  const needsDrugs = high && facts.onAntihypertensive !== true;
  return decided(rule, { needsDrugs, blocked: blocked.map((one) => one.code) }, [
    ...(high ? [because('with-drugs', '血压≥160/100，中医只与降压药同用。')] : []),
    ...blocked,
  ]);
}

/** Syndromes of diabetes and obesity with their classic formula, for a trained doctor to confirm; no prescription. @source 国家糖尿病基层中医防治管理指南 2022 */
export const diabetesSyndromes = parameter({
  id: 'TCM-04.syndromes',
  label: '消渴与肥胖的证型与代表方（仅供受训医师参考）',
  rows: [
    {
      from: plainDate('2022-01-01'),
      source: 'TCM-DM-2022',
      certainty: 'from-knowledge',
      clause: '国家糖尿病基层中医防治管理指南 2022',
      value: {
        胃肠实热: '小承气汤合保和丸',
        脾虚湿阻: '参苓白术散',
        脾肾阳虚: '真武汤',
        肝郁气滞: '逍遥散',
        热盛伤津: '白虎加人参汤',
        肝胃郁热: '大柴胡汤',
        气阴两虚: '生脉散合玉液汤',
        阴虚火旺: '知柏地黄丸',
        阴阳两虚: '金匮肾气丸',
        兼血瘀: '桃红四物汤',
      } as Readonly<Record<string, string>>,
    },
  ],
});

/** The classic formula of a syndrome a doctor named; undecided for one not listed. @source 国家糖尿病基层中医防治管理指南 2022 */
export function referenceFormula(
  facts: { readonly syndrome?: string | undefined },
  day: PlainDate,
): Decision<string> {
  const row = rowOn(diabetesSyndromes, day);
  const rule = ruleFrom('TCM-04', row);
  const formula = facts.syndrome === undefined ? undefined : row.value[facts.syndrome];
  return formula === undefined
    ? undecided(rule, ['证型'])
    : decided(rule, formula, [because('reference', `${facts.syndrome}：${formula}，由受训医师辨证确认。`)]);
}
