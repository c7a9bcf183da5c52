/** A word of the domain: how the county says it, how English readers say it, how the code says it, and where it comes from. */
export interface GlossaryTerm {
  /** As the official document prints it. */
  readonly zh: string;
  readonly en: string;
  /** Name in the code: type, field, folder or code word. */
  readonly code: string;
  /** Key of the sources register. */
  readonly source: string;
}

const terms: Readonly<Record<string, string>> = {
  'PHS-3': `
    居民健康档案|resident health record|health record
    健康档案编号|health record number|archiveNo
    个人基本信息表|personal information form|personal-information
    健康体检表|annual check-up form|annual-checkup
    建档单位|registering organization|createOrg
    责任医生|responsible doctor|responsibleDoctor
    常住居民|usual resident|resident
    户籍地址|registered address|registeredAddress
    现住址|current address|currentAddress
    药物过敏史|drug allergy history|drugAllergies
    暴露史|exposure history|exposures
    既往史|past history|pastDiseases
    家族史|family history|familyHistory
    遗传病史|hereditary disease history|geneticDisease
    残疾情况|disability|disabilities
    生活环境|living environment|environment
    高血压患者健康管理|health management of people with hypertension|hypertension
    2型糖尿病患者健康管理|health management of people with type 2 diabetes|type-2-diabetes
    老年人健康管理|health management of older people|older-people
    中医药健康管理|health management with Chinese medicine|tcm
    筛查|screening|screening
    首诊测血压|blood pressure at first visit|first-visit-blood-pressure
    高危人群|high-risk people|high risk
    纳入管理|enrolment|enrollment
    随访|follow-up|follow-up
    随访日期|date of visit|visitDate
    随访方式|way of visiting|visitMethod
    门诊随访|clinic visit|visitMethod 1
    家庭随访|home visit|visitMethod 2
    电话随访|telephone visit|visitMethod 3
    面对面随访|face-to-face visit|faceToFace
    下次随访日期|date of next visit|nextVisitDate
    失访|lost to follow-up|visitStatus 2
    症状|symptoms|symptoms
    体征|signs|signs
    收缩压|systolic blood pressure|sbp
    舒张压|diastolic blood pressure|dbp
    脉压|pulse pressure|pulsePressure
    心率|heart rate|heartRate
    呼吸频率|respiratory rate|respRate
    体温|temperature|temperature
    身高|height|height
    体重|weight|weight
    腰围|waist circumference|waist
    体质指数|body mass index|bmi
    足背动脉搏动|dorsalis pedis pulse|dorsalisPedis
    空腹血糖|fasting plasma glucose|fpg
    餐后2小时血糖|two-hour glucose after a meal|ppg2h
    随机血糖|random glucose|rbg
    糖化血红蛋白|glycated haemoglobin|hba1c
    日吸烟量|cigarettes a day|smokeNow
    日饮酒量|alcohol a day, in liang of spirits|alcoholNow
    运动频次|exercise times a week|exTimesNow
    摄盐情况|salt intake|saltNow
    主食|staple food|stapleNow
    心理调整|psychological adjustment|psychology
    遵医行为|following advice|compliance
    服药依从性|medication adherence|adherence
    药物不良反应|adverse drug reaction|adr
    低血糖反应|hypoglycaemia|hypoglycemia
    此次随访分类|class of this visit|visitClass
    控制满意|satisfactorily controlled|visitClass 1
    控制不满意|not satisfactorily controlled|visitClass 2
    不良反应|adverse reaction|visitClass 3
    并发症|complication|visitClass 4
    用药情况|medicines in use|drugs
    胰岛素|insulin|insulin
    辅助检查|examinations|labs
    危急情况|emergency|crisis
    紧急转诊|emergency referral|urgent referral
    双向转诊|two-way referral|referral
    转出|referral out|referral-out
    回转|referral back|referral-back
    分类干预|intervention by class|plan of next visit
    规范管理|management as required|standard management
    规范管理率|rate of management as required|standardRate
    管理人群血压控制率|control rate of blood pressure among the managed|bloodPressureControlRate
    管理人群血糖控制率|control rate of glucose among the managed|glucoseControlRate
    健康管理率|rate of health management|managementRate
    年度体检|annual check-up|checkup
    生活自理能力评估|assessment of self-care ability|elder-self-care
    认知功能粗筛|coarse screen of cognition|elderCognition
    情感状态粗筛|coarse screen of mood|elderEmotion
    简易智力状态检查|mini-mental state examination|mmseScore
    老年人抑郁评分检查|geriatric depression scale|gdsScore
    中医体质辨识|identification of constitution|tcm-constitution
    平和质|balanced constitution|balanced
    气虚质|qi-deficient constitution|qiDeficiency
    阳虚质|yang-deficient constitution|yangDeficiency
    阴虚质|yin-deficient constitution|yinDeficiency
    痰湿质|phlegm-damp constitution|phlegmDamp
    湿热质|damp-heat constitution|dampHeat
    血瘀质|blood-stasis constitution|bloodStasis
    气郁质|qi-stagnation constitution|qiStagnation
    特禀质|special constitution|specialDiathesis
    接诊记录|encounter note|encounter-note
    会诊记录|consultation record|consultation
    健康教育活动|health education activity|health-education-activity
    健康评价|health evaluation|evaluation
    健康指导|health guidance|guidance
    危险因素控制|control of risk factors|riskControl
    现存主要健康问题|present main health problems|problems
  `,
  'COPD-PHS-2024': `
    慢性阻塞性肺疾病|chronic obstructive pulmonary disease|copd
    脉搏氧饱和度|pulse oxygen saturation|spo2
    肺功能检查|lung function test|spirometry
    第1秒用力呼气容积|forced expiratory volume in one second|fev1
    用力肺活量|forced vital capacity|fvc
    急性加重|acute exacerbation|exacerbation
    口唇紫绀|cyanosis of the lips|cyanosis
    外周水肿|peripheral oedema|edema
    家庭氧疗|home oxygen therapy|homeOxygen
    无创呼吸机|non-invasive ventilator|niv
  `,
  'CHRONIC-2025-15': `
    基层慢性病健康管理服务|chronic-disease care in primary care|the product
    医防融合|integration of treatment and prevention|visits
    多病共管|care of several diseases together|across-diseases
    紧密型县域医共体|county medical alliance|alliance
    家庭医生团队|family doctor team|team
    长期处方|long prescription|long prescription
    自我健康管理|self-management of health|self-care
    分级分类管理|management by tier and class|tier
    健康教育与健康促进|health education and promotion|education
    质量控制|quality control|quality
    绩效评价|performance evaluation|performance
  `,
  'CHRONIC-CAPABILITY-2025': `
    基层慢性病健康管理中心|primary chronic-disease management centre|centre
    一站式服务|one-stop service|visits
    远程会诊|remote consultation|telemedicine
    集中诊断|centralized diagnosis|telemedicine
    智能预警|early warning|early warning
    辅助决策|decision support|assist
    基本条件|basic conditions|basic
    拓展条件|extended conditions|extended
  `,
  'FAMILY-DOCTOR-2022': `
    家庭医生签约|contract with a family doctor|contracts
    签约服务包|service package|packages
    履约|delivery of the contract|delivery
    续约|renewal|renewFrom
    解约|ending a contract|endReason
  `,
  'PEER-GROUP-2022': `
    患者自我管理小组|patients’ self-management group|peer-groups
    小组长|group leader|groupLeader
    指导医生|guiding doctor|guideDoctor
    花名册|roster|peer-group-member
    小组活动|group activity|peer-group-activity
  `,
  'HTN-JC-2025': `
    诊室血压|office blood pressure|office
    家庭自测血压|home blood pressure|home
    动态血压|ambulatory blood pressure|ambulatory
    白大衣高血压|white-coat hypertension|white-coat
    隐蔽性高血压|masked hypertension|masked
    单纯收缩期高血压|isolated systolic hypertension|isolated-systolic
    继发性高血压|secondary hypertension|secondary
    血压达标|blood pressure at target|controlled
    血压高值|high-normal blood pressure|high-normal
  `,
  'DM-CN-2020': `
    糖尿病前期|prediabetes|prediabetes
    中国糖尿病风险评分|China diabetes risk score|diabetes-risk-score
    口服葡萄糖耐量试验|oral glucose tolerance test|ogtt
    糖尿病足|diabetic foot|foot
    糖尿病视网膜病变|diabetic retinopathy|retinopathy
    糖尿病肾病|diabetic kidney disease|kidney
  `,
  'LIPID-2023': `
    总胆固醇|total cholesterol|tc
    甘油三酯|triglyceride|tg
    低密度脂蛋白胆固醇|LDL cholesterol|ldl
    高密度脂蛋白胆固醇|HDL cholesterol|hdl
    动脉粥样硬化性心血管疾病|atherosclerotic cardiovascular disease|ascvd
  `,
  'DEATH-2013-57': `
    居民死亡医学证明（推断）书|medical certificate of death|death-certificate
    根本死亡原因|underlying cause of death|underlyingIcd
    死因链|chain of causes|causeA…causeD
  `,
  'TUMOUR-2016': `
    肿瘤登记报告卡|tumour registry card|tumour-card
    诊断依据|basis of diagnosis|basis
  `,
  'CV-EVENT': `
    心脑血管事件报告卡|cardiovascular event card|cardiovascular-event-card
    首次发病|first-ever attack|firstEver
  `,
  'DEMONSTRATION-ZONE-2016': `
    慢性病综合防控示范区|demonstration zone of chronic-disease control|demonstration-zone binder
    支持性环境|supportive environment|supportive environment
  `,
  'GB11643-1999': `
    公民身份号码|identity number|idNo
  `,
  'GB32100-2015': `
    统一社会信用代码|unified social credit code|socialCreditCode
  `,
  'WST363-2023': `
    数据元|data element|dataElementId
    值域代码|value-domain code|code
  `,
  OWN: `
    专案|managed case of one disease|enrollment
    面访|seen in person|faceToFace
    应随访|due for follow-up|due
    逾期|overdue|overdue
    待确认|needs confirmation|needs-confirmation
    更正|correction|correction
    结案|closing a case|close
    满意度调查|satisfaction survey|satisfaction-survey
  `,
};

/** Every term, by the document it comes from. */
export const glossary: readonly GlossaryTerm[] = Object.entries(terms).flatMap(([source, text]) =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [zh = '', en = '', code = ''] = line.trim().split('|');
      return { zh, en, code, source };
    }),
);
