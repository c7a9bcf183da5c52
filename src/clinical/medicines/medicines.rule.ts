import { decided } from '#kernel/decision.ts';
import { type AnyRule, defineRule, type RuleCase } from '../rule-definition.ts';
import {
  checkMedicines,
  flagPolypharmacy,
  type MedicineFacts,
  polypharmacyLimits,
} from './check-medicines.ts';
import { safetyCases } from './safety-cases.ts';
import { safetyRows } from './safety-tables.ts';
import { levelName, sideName } from './safety-words.ts';

const file = 'src/clinical/medicines/check-medicines.ts';
const base = {
  track: 'clinical',
  edition: 'OWN',
  clause: '各药品说明书与指南（整理）',
  certainty: 'from-knowledge',
  pendingSignOff: '待药师确认',
  parameters: [],
  file,
} as const;

/** The warnings of one rule alone, so that a case speaks of it and not of its neighbours. */
const ofRule = (id: string) => (facts: MedicineFacts, day: Parameters<typeof checkMedicines>[1]) => {
  const all = checkMedicines(facts, day);
  const worst =
    all.kind === 'decided' ? (all.value.find((one) => one.ruleId === id)?.severity ?? 'none') : 'none';
  return decided({ ...all.rule, id }, worst);
};

const list = (...codes: (string | [string, number])[]) =>
  codes.map((one) => (typeof one === 'string' ? { code: one } : { code: one[0], dailyDose: one[1] }));
const given = (codes: ReturnType<typeof list>, more: Partial<MedicineFacts> = {}): MedicineFacts => ({
  medicines: codes,
  conditions: [],
  pregnancy: 'no',
  ...more,
});

const vectors: Readonly<Record<string, readonly RuleCase<MedicineFacts>[]>> = {
  D001: [
    {
      title: '贝那普利+缬沙坦+糖尿病：禁用',
      given: given(list('benazepril', 'valsartan'), { conditions: ['type-2-diabetes'] }),
      expect: { value: 'X' },
    },
    {
      title: '贝那普利+缬沙坦，肾功能59：禁用',
      given: given(list('benazepril', 'valsartan'), { egfr: 59 }),
      expect: { value: 'X' },
    },
    {
      title: '肾功能60：避免',
      given: given(list('benazepril', 'valsartan'), { egfr: 60 }),
      expect: { value: 'D' },
    },
  ],
  D005: [
    {
      title: '缬沙坦+螺内酯，血钾5.2：避免',
      given: given(list('valsartan', 'spironolactone'), { potassium: 5.2, egfr: 80 }),
      expect: { value: 'D' },
    },
    {
      title: '血钾5.0：监测',
      given: given(list('valsartan', 'spironolactone'), { potassium: 5, egfr: 80 }),
      expect: { value: 'C' },
    },
  ],
  D018: [
    {
      title: '螺内酯，血钾5.6：禁用',
      given: given(list('spironolactone'), { potassium: 5.6 }),
      expect: { value: 'X' },
    },
    { title: '血钾5.5：禁用', given: given(list('valsartan'), { potassium: 5.5 }), expect: { value: 'X' } },
    { title: '血钾5.2：监测', given: given(list('valsartan'), { potassium: 5.2 }), expect: { value: 'C' } },
    { title: '血钾4.9：无', given: given(list('valsartan'), { potassium: 4.9 }), expect: { value: 'none' } },
  ],
  D015: [
    {
      title: '哺乳期+依那普利：不按妊娠禁用',
      given: given(list('enalapril'), { pregnancy: 'lactating' }),
      expect: { value: 'none' },
    },
    {
      title: '妊娠+依那普利：禁用',
      given: given(list('enalapril'), { pregnancy: 'pregnant' }),
      expect: { value: 'X' },
    },
    {
      title: '30岁女性未问妊娠：提示补充',
      given: { medicines: list('enalapril'), conditions: [], sex: 'female', ageYears: 30 },
      expect: { value: 'B' },
    },
  ],
  D022: [
    {
      title: '普萘洛尔+哮喘：禁用',
      given: given(list('propranolol'), { conditions: ['asthma'] }),
      expect: { value: 'X' },
    },
  ],
  D023: [
    {
      title: '比索洛尔+哮喘：禁用',
      given: given(list('bisoprolol'), { conditions: ['asthma'] }),
      expect: { value: 'X' },
    },
  ],
  D026: [
    {
      title: '心率53+比索洛尔：避免',
      given: given(list('bisoprolol'), { heartRate: 53 }),
      expect: { value: 'D' },
    },
    { title: '心率49：禁用', given: given(list('bisoprolol'), { heartRate: 49 }), expect: { value: 'X' } },
    { title: '心率55：无', given: given(list('bisoprolol'), { heartRate: 55 }), expect: { value: 'none' } },
  ],
  D037: [
    {
      title: '地尔硫䓬+射血分数降低心衰：禁用',
      given: given(list('diltiazem'), { conditions: ['heart-failure-reduced'] }),
      expect: { value: 'X' },
    },
  ],
  D042: [
    {
      title: '氨氯地平贝那普利+辛伐他汀40：监测',
      given: given(list('benazepril-amlodipine', ['simvastatin', 40])),
      expect: { value: 'C' },
    },
    {
      title: '氨氯地平+辛伐他汀40：监测',
      given: given(list(['amlodipine', 10], ['simvastatin', 40])),
      expect: { value: 'C' },
    },
    {
      title: '辛伐他汀20：无',
      given: given(list(['amlodipine', 10], ['simvastatin', 20])),
      expect: { value: 'none' },
    },
  ],
  D048: [
    {
      title: '吲达帕胺+痛风：禁用',
      given: given(list('indapamide-ir'), { conditions: ['gout'] }),
      expect: { value: 'X' },
    },
    {
      title: '尿酸460无痛风：监测',
      given: given(list('indapamide-ir'), { uricAcid: 460 }),
      expect: { value: 'C' },
    },
    {
      title: '尿酸420：无',
      given: given(list('indapamide-ir'), { uricAcid: 420 }),
      expect: { value: 'none' },
    },
  ],
  D062: [
    {
      title: '硝酸甘油+西地那非：禁用',
      given: given(list('glyceryl-trinitrate', 'sildenafil')),
      expect: { value: 'X' },
    },
  ],
  D066: [
    {
      title: '二甲双胍 肾功能43：禁用',
      given: given(list('metformin-ir'), { egfr: 43 }),
      expect: { value: 'X' },
    },
    { title: '肾功能45：减量', given: given(list('metformin-ir'), { egfr: 45 }), expect: { value: 'D' } },
    { title: '肾功能60：无', given: given(list('metformin-ir'), { egfr: 60 }), expect: { value: 'none' } },
    { title: '肾功能未知：提示补充', given: given(list('metformin-ir')), expect: { value: 'B' } },
  ],
  D070: [
    {
      title: '格列本脲70岁：禁用',
      given: given(list('glibenclamide'), { ageYears: 70, egfr: 80 }),
      expect: { value: 'X' },
    },
  ],
  D078: [
    {
      title: '吡格列酮+心功能III级：禁用',
      given: given(list('pioglitazone'), { conditions: ['heart-failure'], nyha: 3 }),
      expect: { value: 'X' },
    },
    {
      title: '心功能II级：避免',
      given: given(list('pioglitazone'), { conditions: ['heart-failure'], nyha: 2 }),
      expect: { value: 'D' },
    },
  ],
  D107: [
    { title: '阿司匹林+布洛芬：避免', given: given(list('aspirin', 'ibuprofen')), expect: { value: 'D' } },
  ],
  D115: [
    {
      title: '茶碱+环丙沙星：避免',
      given: given(list('theophylline-sr', 'ciprofloxacin')),
      expect: { value: 'D' },
    },
  ],
  D140: [
    {
      title: '泼尼松7.5毫克+糖尿病：监测',
      given: given(list(['prednisone', 7.5]), { conditions: ['type-2-diabetes'] }),
      expect: { value: 'C' },
    },
    {
      title: '泼尼松5毫克+糖尿病：不提示',
      given: given(list(['prednisone', 5]), { conditions: ['type-2-diabetes'] }),
      expect: { value: 'none' },
    },
    {
      title: '泼尼松剂量不明+糖尿病：提示补充剂量',
      given: given(list('prednisone'), { conditions: ['type-2-diabetes'] }),
      expect: { value: 'B' },
    },
    {
      title: '泼尼松剂量不明，没有所列疾病：不提示',
      given: given(list('prednisone')),
      expect: { value: 'none' },
    },
    {
      title: '甲泼尼龙6毫克（折合7.5）+高血压：监测',
      given: given(list(['methylprednisolone', 6]), { conditions: ['hypertension'] }),
      expect: { value: 'C' },
    },
    {
      title: '甲泼尼龙5毫克（折合6.25）+高血压：不提示',
      given: given(list(['methylprednisolone', 5]), { conditions: ['hypertension'] }),
      expect: { value: 'none' },
    },
    {
      title: '地塞米松1.5毫克（折合10）+骨质疏松：监测',
      given: given(list(['dexamethasone', 1.5]), { conditions: ['osteoporosis'] }),
      expect: { value: 'C' },
    },
    {
      title: '吸入布地奈德+糖尿病：不提示',
      given: given(list('budesonide'), { conditions: ['type-2-diabetes'] }),
      expect: { value: 'none' },
    },
  ],
  D141: [
    {
      title: '消渴丸+格列美脲：禁用',
      given: given(list('xiaoke-pill', 'glimepiride')),
      expect: { value: 'X' },
    },
  ],
  D148: [
    {
      title: '沙库巴曲缬沙坦+阿利吉仑，肾功能60：禁用',
      given: given(list('sacubitril-valsartan', 'aliskiren'), { egfr: 60 }),
      expect: { value: 'X' },
    },
    {
      title: '肾功能26+沙库巴曲缬沙坦：禁用',
      given: given(list('sacubitril-valsartan'), { egfr: 26 }),
      expect: { value: 'X' },
    },
  ],
  D028: [
    {
      title: '比索洛尔+珍菊降压片（含可乐定）：避免',
      given: given(list('bisoprolol', 'zhenju')),
      expect: { value: 'D' },
    },
  ],
  D068: [
    {
      title: '中度肝功能损害（肝硬化）+二甲双胍：禁用',
      given: given(list('metformin-ir'), { conditions: ['liver-impairment-moderate'] }),
      expect: { value: 'X' },
    },
  ],
  D073: [
    {
      title: '格列美脲+诺氟沙星：避免',
      given: given(list('glimepiride', 'norfloxacin')),
      expect: { value: 'D' },
    },
  ],
  D080: [
    {
      title: '转氨酶2.6倍+吡格列酮：避免',
      given: given(list('pioglitazone'), { altTimes: 2.6 }),
      expect: { value: 'D' },
    },
    {
      title: '转氨酶2.5倍：不提示',
      given: given(list('pioglitazone'), { altTimes: 2.5 }),
      expect: { value: 'none' },
    },
  ],
  D095: [
    {
      title: '阿托伐他汀20毫克+克拉霉素：避免',
      given: given(list(['atorvastatin', 20], 'clarithromycin')),
      expect: { value: 'D' },
    },
    {
      title: '阿托伐他汀40毫克+克拉霉素：禁用',
      given: given(list(['atorvastatin', 40], 'clarithromycin')),
      expect: { value: 'X' },
    },
    {
      title: '瑞舒伐他汀+克拉霉素：不提示',
      given: given(list('rosuvastatin', 'clarithromycin')),
      expect: { value: 'none' },
    },
  ],
  D103: [
    {
      title: '哺乳期+阿托伐他汀：禁用',
      given: given(list('atorvastatin'), { pregnancy: 'lactating' }),
      expect: { value: 'X' },
    },
  ],
  D124: [
    {
      title: '罗氟司特+多索茶碱：避免',
      given: given(list('roflumilast', 'doxofylline')),
      expect: { value: 'D' },
    },
  ],
  D136: [
    { title: '布洛芬+特拉唑嗪：监测', given: given(list('ibuprofen', 'terazosin')), expect: { value: 'C' } },
  ],
  D138: [
    {
      title: '复方甘草片+氯噻酮：避免',
      given: given(list('liquorice', 'chlortalidone')),
      expect: { value: 'D' },
    },
    {
      title: '复方甘草片+氯沙坦氢氯噻嗪：避免',
      given: given(list('liquorice', 'losartan-hctz-50-12-5')),
      expect: { value: 'D' },
    },
  ],
  D150: [
    {
      title: '心衰+硝苯地平控释片：避免',
      given: given(list('nifedipine-gits'), { conditions: ['heart-failure'] }),
      expect: { value: 'D' },
    },
    {
      title: '心衰+缬沙坦氨氯地平：不提示',
      given: given(list('valsartan-amlodipine-80-5'), { conditions: ['heart-failure'] }),
      expect: { value: 'none' },
    },
    {
      title: '心衰+左氨氯地平：不提示',
      given: given(list('levamlodipine'), { conditions: ['heart-failure'] }),
      expect: { value: 'none' },
    },
  ],
};

/** One definition per row: what it says in words, every level firing, and the nearest values at which it is silent. */
export const safetyRules: readonly AnyRule[] = safetyRows.map((row) => {
  const [id, kind, sides, levels, effect, action] = row;
  const names = sides.split(';').map(sideName);
  return defineRule<MedicineFacts>({
    ...base,
    id,
    title: names.join(' 与 '),
    summary: `${names.join(' 与 ')}${kind === 'DD' ? '同用' : ''}：${levels.split(';').map(levelName).join('；')}。可致${effect}；${action}。`,
    decide: ofRule(id),
    cases: [...safetyCases(row), ...(vectors[id] ?? [])],
  });
});

const worstOf = (id: string) => ofRule(id);
export const duplicateRule = defineRule<MedicineFacts>({
  ...base,
  id: 'MM-06',
  title: '重复用药',
  summary:
    '同一成分，或同一类别（普利、沙坦、地平、噻嗪、磺脲、列汀、他汀、β受体阻滞剂、吸入药等）两种同用；复方与含西药的中成药展开成分核对。胰岛素不计。',
  decide: worstOf('MM-06'),
  cases: [
    { title: '贝那普利+依那普利', given: given(list('benazepril', 'enalapril')), expect: { value: 'D' } },
    {
      title: '氨氯地平+硝苯地平',
      given: given(list('amlodipine', 'nifedipine-gits')),
      expect: { value: 'D' },
    },
    {
      title: '布地奈德福莫特罗+沙美特罗',
      given: given(list('budesonide-formoterol', 'salmeterol')),
      expect: { value: 'D' },
    },
    { title: '阿托伐他汀+血脂康', given: given(list('atorvastatin', 'xuezhikang')), expect: { value: 'D' } },
    {
      title: '0号+氢氯噻嗪',
      given: given(list('reserpine-triamterene-hctz-dihydralazine', 'hydrochlorothiazide')),
      expect: { value: 'D' },
    },
    { title: '消渴丸+格列齐特', given: given(list('xiaoke-pill', 'gliclazide')), expect: { value: 'D' } },
    {
      title: '门冬30+甘精：不算',
      given: given(list('aspart-30', 'insulin-glargine')),
      expect: { value: 'none' },
    },
  ],
});

export const doseRule = defineRule<MedicineFacts>({
  ...base,
  id: 'DOSE_MAX',
  title: '超过最大日剂量',
  summary: '同一成分合计（复方展开）超过说明书最大日剂量时提示；65岁及以上地高辛不超过0.125毫克。',
  decide: worstOf('DOSE_MAX'),
  cases: [
    { title: '氨氯地平15毫克', given: given(list(['amlodipine', 15])), expect: { value: 'D' } },
    { title: '氨氯地平10毫克：不提示', given: given(list(['amlodipine', 10])), expect: { value: 'none' } },
    {
      title: '二甲双胍普通片2000：不提示',
      given: given(list(['metformin-ir', 2000])),
      expect: { value: 'none' },
    },
    { title: '二甲双胍缓释2500', given: given(list(['metformin-er', 2500])), expect: { value: 'D' } },
    { title: '瑞舒伐他汀40', given: given(list(['rosuvastatin', 40])), expect: { value: 'D' } },
    {
      title: '地高辛0.25，78岁',
      given: given(list(['digoxin', 0.25]), { ageYears: 78 }),
      expect: { value: 'D' },
    },
    {
      title: '地高辛0.25，60岁：不提示',
      given: given(list(['digoxin', 0.25]), { ageYears: 60 }),
      expect: { value: 'none' },
    },
    {
      title: '复方利血平片每日9片：利血平超量',
      given: given(list(['reserpine-cpd', 9])),
      expect: { value: 'D' },
    },
  ],
});

export const polypharmacyRule = defineRule<Pick<MedicineFacts, 'medicines' | 'ageYears'>>({
  ...base,
  parameters: [polypharmacyLimits],
  id: 'MM-05',
  title: '多重用药',
  summary:
    '同时使用5种及以上成分每年整理一次用药；10种及以上，或75岁及以上5种以上，由药师整理。复方按成分计。',
  decide: flagPolypharmacy,
  cases: [
    {
      title: '五药六成分：每年整理',
      given: {
        medicines: list('valsartan-hctz-80-12-5', 'amlodipine', 'metformin-ir', 'atorvastatin', 'aspirin'),
        ageYears: 60,
      },
      expect: { value: { ingredients: 6, flag: 'yearly-review' } },
    },
    {
      title: '四种：不提示',
      given: { medicines: list('amlodipine', 'metformin-ir', 'atorvastatin', 'aspirin'), ageYears: 60 },
      expect: { value: { flag: 'none' } },
    },
    {
      title: '75岁五种：药师',
      given: {
        medicines: list('amlodipine', 'metformin-ir', 'atorvastatin', 'aspirin', 'valsartan'),
        ageYears: 75,
      },
      expect: { value: { flag: 'pharmacist' } },
    },
    {
      title: '74岁五种：每年整理',
      given: {
        medicines: list('amlodipine', 'metformin-ir', 'atorvastatin', 'aspirin', 'valsartan'),
        ageYears: 74,
      },
      expect: { value: { flag: 'yearly-review' } },
    },
  ],
});
