import type { Certainty } from '#kernel/decision.ts';

/** Whether a document is in force, replaced, a draft, or ours. */
export type SourceStatus = 'in-force' | 'superseded' | 'trial' | 'reference' | 'own';

/** A document the product relies on. Dates are as far as known: `2017`, `2017-02` or `2017-02-28`. */
export interface Source {
  readonly key: string;
  /** Official Chinese title. */
  readonly title: string;
  readonly kind: 'norm' | 'guideline' | 'standard' | 'policy' | 'law' | 'instrument' | 'local-plan' | 'own';
  /** Document number or place of publication. */
  readonly number?: string;
  readonly issued?: string;
  readonly inForceFrom?: string;
  readonly status: SourceStatus;
  /** Key of the document that replaces it. */
  readonly supersededBy?: string;
  /** Month of the last look for a newer edition. */
  readonly lastChecked: string;
  /** How sure we are of its existence, number and date; of its content where `remark` says nothing else. */
  readonly certainty: Certainty;
  /** What of it is not known or not settled. */
  readonly remark?: string;
}

const checked = '2026-11';

type Rest = Partial<Omit<Source, 'key' | 'title' | 'kind' | 'lastChecked'>>;

function source(kind: Source['kind'], key: string, title: string, rest: Rest = {}): Source {
  return { status: 'in-force', certainty: 'from-knowledge', ...rest, key, title, kind, lastChecked: checked };
}

/** Every document by key; rules, dated values, forms and figures name these keys. */
export const sources: readonly Source[] = [
  source('norm', 'PHS-3', '国家基本公共卫生服务规范（第三版）', {
    number: '国卫基层发〔2017〕13号',
    issued: '2017-02-28',
    remark: '部分细节凭掌握的知识转录，上线前须与原文核对；2025年以后是否有修订未见。',
  }),
  source('norm', 'PHS-2011', '国家基本公共卫生服务规范（2011年版）', {
    issued: '2011-04',
    status: 'superseded',
    supersededBy: 'PHS-3',
    remark: '只用于识别旧表编码。',
  }),
  source('norm', 'COPD-PHS-2024', '慢性阻塞性肺疾病患者健康服务规范（试行）', {
    issued: '2024-09-13',
    status: 'trial',
    certainty: 'found',
    remark: '年随访次数、首次面访、每次测血氧已核实；表样的选项编号、面访下限与分类干预原文未能读到。',
  }),
  source('policy', 'PHS-2024-31', '关于做好2024年基本公共卫生服务工作的通知', {
    number: '国卫基层发〔2024〕31号',
    issued: '2024-09',
    certainty: 'found',
  }),
  source('policy', 'CHRONIC-2025-15', '关于加强基层慢性病健康管理服务的指导意见', {
    number: '国卫基层发〔2025〕15号',
    issued: '2025',
    certainty: 'found',
  }),
  source('policy', 'CHRONIC-CAPABILITY-2025', '基层慢性病健康管理服务能力建设指引', {
    issued: '2025',
    certainty: 'found',
  }),
  source('policy', 'FAMILY-DOCTOR-2022', '关于推进家庭医生签约服务高质量发展的指导意见', {
    number: '国卫基层发〔2022〕10号',
    issued: '2022-03',
  }),
  source('policy', 'FAMILY-DOCTOR-PACKAGES-2025', '家庭医生签约基本服务包清单（试行）', {
    issued: '2025-04-15',
    status: 'trial',
    certainty: 'uncertain',
    remark: '仅核实名称与日期，项目清单未能读到。',
  }),
  source('policy', 'EHR-HOME-2024', '居民电子健康档案首页基本内容（试行）', {
    issued: '2024-06-21',
    status: 'trial',
    certainty: 'uncertain',
    remark: '仅核实名称与日期，字段清单未能读到。',
  }),
  source('policy', 'DEMONSTRATION-ZONE-2016', '国家慢性病综合防控示范区建设管理办法', {
    number: '国卫疾控发〔2016〕44号',
    issued: '2016-10',
  }),
  source('policy', 'DEMONSTRATION-ZONE-INDICATORS-2020', '国家慢性病综合防控示范区建设指标体系', {
    issued: '2020',
    certainty: 'uncertain',
    remark: '2020年以后是否有新版未见官方文件。',
  }),
  source('policy', 'COUNTY-HTN-2022', '县域高血压、糖尿病分级诊疗技术方案', {
    number: '国卫办医函〔2022〕34号',
    issued: '2022',
    certainty: 'found',
  }),
  source('policy', 'DEATH-2013-57', '关于进一步规范人口死亡医学证明和信息登记管理工作的通知', {
    number: '国卫规划发〔2013〕57号',
    issued: '2013-12',
    inForceFrom: '2014-01-01',
    status: 'superseded',
    supersededBy: 'DEATH-2026-5',
    certainty: 'found',
  }),
  source('policy', 'DEATH-2026-5', '人口死亡医学证明新版式与编码的通知', {
    number: '国卫规划发〔2026〕5号',
    issued: '2026-02-27',
    inForceFrom: '2026-07-01',
    certainty: 'uncertain',
    remark: '文号、日期与启用时间已核实；标题与新版表样原文未能读到，取得后另建新版表单。',
  }),
  source('norm', 'TUMOUR-2016', '中国肿瘤登记工作指导手册', { issued: '2016' }),
  source('norm', 'CV-EVENT', '全国心脑血管事件报告技术方案', {
    certainty: 'uncertain',
    remark: '各省编码不一，诊断与病史编码为平台编码。',
  }),
  source('local-plan', 'PEER-GROUP-2022', '慢性病患者自我管理工作实施方案（区县，2022）', {
    issued: '2022',
    status: 'reference',
    certainty: 'found',
    remark: '一个区的年度方案，人数、次数、覆盖率均作参数。',
  }),
  source('local-plan', 'TWO-DISEASES-2023', '“医防融合”两慢病规范管理工作实施方案（乡镇，2023）', {
    issued: '2023',
    status: 'reference',
    certainty: 'found',
  }),
  source('guideline', 'HTN-JC-2025', '国家基层高血压防治管理指南（2025版）', {
    number: '中国循环杂志 2025;40(9):836–850',
    issued: '2025-09',
    certainty: 'found',
  }),
  source('guideline', 'HTN-JC-2020', '国家基层高血压防治管理指南（2020版）', {
    issued: '2020',
    status: 'superseded',
    supersededBy: 'HTN-JC-2025',
  }),
  source('standard', 'WST872', '基层医疗卫生机构高血压防治管理标准', {
    number: 'WS/T 872—2025',
    issued: '2025',
    inForceFrom: '2026-03-01',
    certainty: 'found',
    remark: '全文未能读到。',
  }),
  source('guideline', 'HTN-CN-2024', '中国高血压防治指南（2024年修订版）', {
    issued: '2024',
    certainty: 'found',
  }),
  source('guideline', 'HTN-CN-2018', '中国高血压防治指南（2018年修订版）', {
    issued: '2018',
    status: 'superseded',
    supersededBy: 'HTN-CN-2024',
  }),
  source('guideline', 'DM-JC-2025', '国家基层糖尿病防治管理指南（2025）', {
    number: '中华内科杂志 2025',
    issued: '2025',
    certainty: 'found',
    remark: '诊断、筛查年龄与基本药类已核实；用药路径与转诊表未能读到，仍用2022年版。',
  }),
  source('guideline', 'DM-JC-2022', '国家基层糖尿病防治管理指南（2022）', {
    issued: '2022',
    status: 'superseded',
    supersededBy: 'DM-JC-2025',
    certainty: 'found',
  }),
  source('guideline', 'DM-CN-2024', '中国糖尿病防治指南（2024版）', { issued: '2024' }),
  source('guideline', 'DM-CN-2020', '中国2型糖尿病防治指南（2020年版）', {
    issued: '2021-04',
    status: 'superseded',
    supersededBy: 'DM-CN-2024',
    certainty: 'found',
  }),
  source('guideline', 'COPD-JC-2024', '中国慢性阻塞性肺疾病基层诊疗与管理指南（2024年）', {
    issued: '2024',
    certainty: 'found',
  }),
  source('guideline', 'COPD-JC-2018', '慢性阻塞性肺疾病基层诊疗指南（2018年）', {
    issued: '2018',
    status: 'superseded',
    supersededBy: 'COPD-JC-2024',
    certainty: 'found',
  }),
  source('guideline', 'GOLD-2023+', '慢性阻塞性肺疾病全球倡议（GOLD）2023年报告', {
    issued: '2023',
    certainty: 'found',
    remark: '2023年起改用 A、B、E 分组，以后各年报告沿用。',
  }),
  source('guideline', 'LIPID-2023', '中国血脂管理指南（2023年）', { issued: '2023', certainty: 'found' }),
  source('guideline', 'LIPID-JC-2024', '中国血脂管理指南（基层版2024年）', { issued: '2024' }),
  source('guideline', 'CVD-2019', '中国心血管病风险评估和管理指南', {
    number: '中国循环杂志 2019;34(1)',
    issued: '2019-01',
    certainty: 'found',
  }),
  source('guideline', 'OB-2024', '肥胖症诊疗指南（2024年版）', { issued: '2024-10', certainty: 'found' }),
  source('guideline', 'DIET-OB-2024', '成人肥胖食养指南（2024年版）', { issued: '2024', certainty: 'found' }),
  source('guideline', 'DIET-HTN-2023', '成人高血压食养指南（2023年版）', { issued: '2023' }),
  source('guideline', 'DIET-DM-2023', '成人糖尿病食养指南（2023年版）', { issued: '2023' }),
  source('guideline', 'DIET-LIPID-2023', '成人高脂血症食养指南（2023年版）', {
    issued: '2023',
    certainty: 'found',
  }),
  source('guideline', 'TCM-DM-2022', '国家糖尿病基层中医防治管理指南（2022）', {
    issued: '2022',
    certainty: 'found',
  }),
  source('guideline', 'TCM-CONSTITUTION-2009', '中医体质分类与判定（ZYYXH/T 157—2009）', { issued: '2009' }),
  source('guideline', 'TCM-HTN-2019', '高血压中医诊疗专家共识', { issued: '2019', certainty: 'found' }),
  source('guideline', 'DM-OLDER-2024', '中国老年糖尿病诊疗指南（2024版）', { issued: '2024' }),
  source('guideline', 'KDIGO-CKD-2024', 'KDIGO 慢性肾脏病评估与管理指南（2024）', { issued: '2024' }),
  source('guideline', 'AF-CN-2023', '心房颤动诊断和治疗中国指南', { issued: '2023' }),
  source('instrument', 'CHINA-PAR-2016', 'China-PAR 心血管病风险预测模型', {
    number: 'Circulation 2016;134:1430–1440',
    issued: '2016',
    certainty: 'computed',
    remark: '系数由公开结果反算并逐例核对，须取得官方确认。',
  }),
  source('instrument', 'COPD-SQ-2013', '慢性阻塞性肺疾病筛查问卷（COPD-SQ）', {
    issued: '2013',
    certainty: 'uncertain',
    remark: '七项与16分界值已核实；第4、6、7项分值与包年边界凭记忆。',
  }),
  source('instrument', 'COPD-PS-2008', '慢阻肺人群筛查问卷（COPD-PS）', {
    issued: '2008',
    certainty: 'found',
    remark: '界值5分，部分研究用4分。',
  }),
  source('instrument', 'STROKE-8', '脑卒中风险初筛评估（8项）', { issued: '2015', certainty: 'found' }),
  source('instrument', 'MMRC', '改良英国医学研究委员会呼吸困难量表（mMRC）', {}),
  source('instrument', 'CAT', '慢阻肺评估测试（CAT）', {
    remark: '量表受版权保护，只收录条目名称与分值。',
  }),
  source('standard', 'WST404-405', '临床常用生化检验项目、血细胞分析参考区间', {
    number: 'WS/T 404、WS/T 405',
    issued: '2012',
    remark: '区间凭掌握的知识转录，须与原文和本县检验科核对。',
  }),
  source('standard', 'WST303', '卫生健康信息数据元标准化规则', {
    number: 'WS/T 303—2023',
    issued: '2023',
    inForceFrom: '2024-02-01',
    certainty: 'found',
  }),
  source('standard', 'WST363-2023', '卫生健康信息数据元目录（第1—17部分）', {
    number: 'WS/T 363.1～17—2023',
    issued: '2023',
    inForceFrom: '2024-04-01',
    certainty: 'found',
    remark: '数据元标识取自按2011年版建设的系统，须与本版核对。',
  }),
  source('standard', 'WS363-2011', '卫生信息数据元目录', {
    number: 'WS 363—2011',
    issued: '2011',
    status: 'superseded',
    supersededBy: 'WST363-2023',
  }),
  source('standard', 'WST364-2023', '卫生健康信息数据元值域代码（第1—17部分）', {
    number: 'WS/T 364.1～17—2023',
    issued: '2023',
    inForceFrom: '2024-04-01',
    certainty: 'found',
  }),
  source('standard', 'WS365-2011', '城乡居民健康档案基本数据集', {
    number: 'WS 365—2011',
    issued: '2011',
    certainty: 'found',
  }),
  source('standard', 'WS372-2012', '疾病管理基本数据集（第1—6部分）', {
    number: 'WS 372.1～6—2012',
    issued: '2012-03-15',
    inForceFrom: '2012-09-01',
    certainty: 'found',
  }),
  source('standard', 'WS445-2014', '电子病历基本数据集（第1—17部分）', {
    number: 'WS 445.1～17—2014',
    issued: '2014',
  }),
  source('standard', 'WST482-2016', '卫生信息共享文档编制规范', {
    number: 'WS/T 482—2016',
    issued: '2016',
    inForceFrom: '2016-12-15',
    certainty: 'found',
  }),
  source('standard', 'WST483-2016', '健康档案共享文档规范（第1—20部分）', {
    number: 'WS/T 483.1～20—2016',
    issued: '2016',
    inForceFrom: '2016-12-15',
    certainty: 'found',
    remark: '第11—20部分的分部编号凭记忆。',
  }),
  source('standard', 'WST500-2016', '电子病历共享文档规范（第1—53部分）', {
    number: 'WS/T 500.1～53—2016',
    issued: '2016',
  }),
  source('standard', 'WST447-2014', '基于电子病历的医院信息平台技术规范', {
    number: 'WS/T 447—2014',
    issued: '2014',
  }),
  source('standard', 'WST448-2014', '基于居民健康档案的区域卫生信息平台技术规范', {
    number: 'WS/T 448—2014',
    issued: '2014',
  }),
  source('standard', 'WST543-2017', '居民健康卡技术规范（第1—6部分）', {
    number: 'WS/T 543.1～6—2017',
    issued: '2017',
    inForceFrom: '2017-12-01',
    certainty: 'found',
  }),
  source('standard', 'WST671-2020', '国家卫生与人口信息数据字典', {
    number: 'WS/T 671—2020',
    issued: '2020',
    inForceFrom: '2020-12-01',
    certainty: 'found',
  }),
  source('standard', 'WST843-2025', '乡镇卫生院医用装备配置标准', {
    number: 'WS/T 843—2025',
    issued: '2025',
    certainty: 'found',
  }),
  source('standard', 'GBT40423-2021', '健康信息学 健康体检基本内容与格式规范', {
    number: 'GB/T 40423—2021',
    issued: '2021',
    certainty: 'found',
  }),
  source('standard', 'DB32T4155-2021', '健康信息平台数据集 第2部分：慢病管理（江苏）', {
    number: 'DB32/T 4155.2—2021',
    issued: '2021',
    status: 'reference',
    certainty: 'found',
  }),
  source('standard', 'GB11643-1999', '公民身份号码', {
    number: 'GB 11643—1999',
    issued: '1999',
    certainty: 'computed',
  }),
  source('standard', 'GB32100-2015', '法人和其他组织统一社会信用代码编码规则', {
    number: 'GB 32100—2015',
    issued: '2015',
    certainty: 'computed',
  }),
  source('standard', 'GB11714-1997', '全国组织机构代码编制规则', {
    number: 'GB 11714—1997',
    issued: '1997',
    certainty: 'computed',
  }),
  source('standard', 'GBT2260', '中华人民共和国行政区划代码', { number: 'GB/T 2260' }),
  source('standard', 'GBT10114', '县级以下行政区划代码编制规则', { number: 'GB/T 10114' }),
  source('standard', 'GBT2261.1', '个人基本信息分类与代码 第1部分：人的性别代码', {
    number: 'GB/T 2261.1',
    certainty: 'found',
  }),
  source('standard', 'GBT2261.2', '个人基本信息分类与代码 第2部分：婚姻状况代码', { number: 'GB/T 2261.2' }),
  source('standard', 'GBT3304', '中国各民族名称的罗马字母拼写法和代码', {
    number: 'GB/T 3304—1991',
    issued: '1991',
    certainty: 'found',
  }),
  source('standard', 'GBT4658', '学历代码', { number: 'GB/T 4658' }),
  source('standard', 'GBT6565', '职业分类与代码', { number: 'GB/T 6565' }),
  source('standard', 'GBT4761', '家庭关系代码', { number: 'GB/T 4761' }),
  source('standard', 'GBT14396-2016', '疾病分类与代码（ICD-10）', {
    number: 'GB/T 14396—2016',
    issued: '2016',
  }),
  source('standard', 'ICD10-CLINICAL-2', '疾病分类代码国家临床版2.0', { issued: '2019' }),
  source('standard', 'LOINC', 'LOINC 观测指标标识符', { status: 'reference' }),
  source('standard', 'UCUM', '统一计量单位代码', { status: 'reference' }),
  source('standard', 'FHIR-R4', 'HL7 FHIR R4', { number: '4.0.1', issued: '2019', status: 'reference' }),
  source('law', 'PIPL', '中华人民共和国个人信息保护法', { issued: '2021-08-20', inForceFrom: '2021-11-01' }),
  source('law', 'DSL', '中华人民共和国数据安全法', { issued: '2021-06-10', inForceFrom: '2021-09-01' }),
  source('law', 'CSL', '中华人民共和国网络安全法', { issued: '2016-11-07', inForceFrom: '2017-06-01' }),
  source('policy', 'CYBER-INCIDENT-2025', '国家网络安全事件报告管理办法', {
    issued: '2025',
    inForceFrom: '2025-11-01',
    certainty: 'found',
  }),
  source('law', 'HEALTH-LAW', '中华人民共和国基本医疗卫生与健康促进法', {
    issued: '2019-12-28',
    inForceFrom: '2020-06-01',
  }),
  source('policy', 'EMR-2017', '电子病历应用管理规范（试行）', {
    number: '国卫办医发〔2017〕8号',
    issued: '2017-02',
    inForceFrom: '2017-04-01',
    remark: '保存年限凭掌握的知识转录，上线前须与原文核对。',
  }),
  source('law', 'HEALTH-CYBER-2022', '医疗卫生机构网络安全管理办法', { issued: '2022-08' }),
  source('standard', 'GBT22239-2019', '信息安全技术 网络安全等级保护基本要求', {
    number: 'GB/T 22239—2019',
    issued: '2019',
  }),
  source('standard', 'GBT35273-2020', '信息安全技术 个人信息安全规范', {
    number: 'GB/T 35273—2020',
    issued: '2020',
  }),
  source('standard', 'GBT39725-2020', '信息安全技术 健康医疗数据安全指南', {
    number: 'GB/T 39725—2020',
    issued: '2020',
  }),
  source('standard', 'GBT39786-2021', '信息安全技术 信息系统密码应用基本要求', {
    number: 'GB/T 39786—2021',
    issued: '2021',
  }),
  source('own', 'OWN', '本平台设计与参数建议', { status: 'own', certainty: 'own-default' }),
];

const byKey = new Map(sources.map((one) => [one.key, one]));

/** A document by key; a policy choice behind a slash, as in `PHS-3/policy-B`, belongs to the document before it. */
export function findSource(key: string): Source | undefined {
  return byKey.get(key) ?? byKey.get(key.split('/')[0] ?? '');
}
