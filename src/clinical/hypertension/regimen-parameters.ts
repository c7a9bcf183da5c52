import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const guide = '国家基层高血压防治管理指南 2025版';
const jc2025 = { from: plainDate('2025-09-01'), source: 'HTN-JC-2025', certainty: 'found' as const };

export const regimenLimits = parameter({
  id: 'HTN-10.regimen',
  label: '起始方案：两药起始血压（任一达到）、单药年龄、用β受体阻滞剂的静息心率、妊娠期可选的药',
  rows: [
    {
      ...jc2025,
      value: {
        dualFrom: { sbp: 150, dbp: 90 },
        monoAge: 80,
        betaBlockerHeartRate: 80,
        pregnancy: ['拉贝洛尔', '硝苯地平缓释片或控释片', '甲基多巴'],
      },
      clause: `${guide} §5.4.3.1 图2；妊娠期用药据规范整理`,
    },
  ],
});

export const shutClassLimits = parameter({
  id: 'HTN-12.shut-classes',
  label: '起始方案中不得出现的药类（绝对禁忌）：病种；血钾、心率',
  rows: [
    {
      ...jc2025,
      clause: `${guide} §5.4.2、表4`,
      value: {
        conditions: [
          { letter: 'B', conditions: ['asthma'], text: '有哮喘，不用β受体阻滞剂。' },
          {
            letter: 'B',
            conditions: ['atrioventricular-block', 'sick-sinus-syndrome'],
            text: '房室传导阻滞或病窦综合征，不用β受体阻滞剂。',
          },
          {
            letter: 'A',
            conditions: ['renal-artery-stenosis-bilateral', 'solitary-kidney-artery-stenosis'],
            text: '双侧或孤立肾肾动脉狭窄，不用普利、沙坦类。',
          },
          { letter: 'A', conditions: ['angioedema'], text: '有血管性水肿史，不用普利类；沙坦类须医生权衡。' },
          { letter: 'D', conditions: ['gout'], text: '有痛风，不用噻嗪类利尿剂；用沙坦类时首选氯沙坦。' },
        ],
        potassiumFrom: 5.5,
        heartRateBelow: 50,
      },
    },
  ],
});

export interface ComorbidityRegimen {
  /** Name of the row. */
  readonly condition: string;
  readonly conditions: readonly string[];
  readonly label: string;
  readonly steps: readonly [string, string, string];
  readonly note?: string;
  /** Begins as without comorbidity; only the note is added. */
  readonly asUsual?: boolean;
}

export const comorbidityRegimens = parameter<readonly ComorbidityRegimen[]>({
  id: 'HTN-11.regimens',
  label: '合并症的分步方案（A 普利或沙坦，B β受体阻滞剂，C 二氢吡啶类，D 利尿剂）',
  rows: [
    {
      ...jc2025,
      clause: `${guide} §5.4.3.2 表5；房颤、慢阻肺、前列腺增生各行据2018版指南整理`,
      value: [
        {
          condition: 'heart-failure',
          conditions: ['heart-failure', 'heart-failure-reduced'],
          label: '心力衰竭',
          steps: ['A+B', 'A+B+D', '转诊，或A+B+D+C（C限氨氯地平、非洛地平）'],
          note: 'A、B均从最小剂量起；D为袢利尿剂或螺内酯。',
        },
        {
          condition: 'myocardial-infarction',
          conditions: ['myocardial-infarction'],
          label: '陈旧性心肌梗死',
          steps: ['A+B', 'A+B+C 或 A+B+D', '转诊，或A+B+C+D'],
          note: 'A、B均从最小剂量起。',
        },
        {
          condition: 'stable-angina',
          conditions: ['stable-angina', 'coronary-heart-disease', 'revascularization'],
          label: '稳定型冠心病',
          steps: ['B 或 A 或 C', 'B+C、B+A 或 A+C', 'B+C+A 或 B+C+D'],
        },
        {
          condition: 'chronic-kidney-disease',
          conditions: ['chronic-kidney-disease'],
          label: '慢性肾脏病',
          steps: ['A', 'A+C 或 A+D', 'A+C+D'],
          note: '首次发现肌酐异常由上级医院定方案。普利与沙坦只用一种。',
        },
        {
          condition: 'type-2-diabetes',
          conditions: ['type-2-diabetes', 'type-1-diabetes'],
          label: '糖尿病',
          steps: ['A', 'A+C 或 A+D', 'A+C+D'],
          note: '普利与沙坦只用一种。',
        },
        {
          condition: 'ischaemic-stroke',
          conditions: ['ischaemic-stroke', 'haemorrhagic-stroke', 'stroke-unspecified', 'tia'],
          label: '脑卒中稳定期',
          steps: ['C 或 A 或 D', 'C+A、C+D 或 A+D', 'C+A+D'],
        },
        {
          condition: 'atrial-fibrillation',
          conditions: ['atrial-fibrillation'],
          label: '心房颤动（控制心率）',
          steps: ['B+A', 'B+A+C', 'B+A+C+D'],
        },
        {
          condition: 'copd',
          conditions: ['copd'],
          label: '慢阻肺',
          steps: ['A 或 C 或 D', 'A+C、A+D 或 C+D', 'A+C+D'],
          note: '仅在确有需要时用选择性β受体阻滞剂。',
        },
        {
          condition: 'peripheral-artery-disease',
          conditions: ['peripheral-artery-disease'],
          label: '外周动脉疾病',
          steps: ['同无合并症', '同无合并症', '同无合并症'],
          note: '不用非选择性β受体阻滞剂。',
          asUsual: true,
        },
        {
          condition: 'benign-prostatic-hyperplasia',
          conditions: ['benign-prostatic-hyperplasia'],
          label: '前列腺增生',
          steps: ['同无合并症', '同无合并症', '同无合并症'],
          note: '需要时可加α受体阻滞剂。',
          asUsual: true,
        },
      ],
    },
  ],
});

export const regimenParameters = [regimenLimits, shutClassLimits, comorbidityRegimens] as const;
