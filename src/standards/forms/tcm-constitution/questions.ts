/** The 33 questions of 老年人中医药健康管理服务记录表 in order, in short words. */
export const constitutionQuestions: readonly string[] = [
  '精力充沛（精神头足，乐于做事）',
  '容易疲乏（稍活动或做点家务就累）',
  '容易气短，呼吸短促，接不上气',
  '说话声音低弱无力',
  '闷闷不乐、情绪低沉',
  '容易精神紧张、焦虑不安',
  '因生活状态改变而感到孤独、失落',
  '容易感到害怕或受到惊吓',
  '感到身体超重不轻松（身体沉重）',
  '眼睛干涩',
  '手脚发凉（不含环境冷或穿得少）',
  '胃脘部、背部或腰膝部怕冷（一处或多处）',
  '比一般人耐受不了寒冷',
  '容易患感冒（每年感冒的次数）',
  '没有感冒时也会鼻塞、流鼻涕',
  '口粘口腻，或睡眠打鼾',
  '容易过敏（药物、食物、气味、花粉或季节交替、气候变化时）',
  '皮肤容易起荨麻疹（风团、风疹块、风疙瘩）',
  '皮肤在不知不觉中出现青紫瘀斑、皮下出血（没有外伤）',
  '皮肤一抓就红，并出现抓痕',
  '皮肤或口唇干',
  '肢体麻木或固定部位疼痛',
  '面部或鼻部有油腻感或者油亮发光',
  '面色或目眶晦黯，或出现褐色斑块、斑点',
  '有皮肤湿疹、疮疖',
  '感到口干咽燥、总想喝水',
  '感到口苦或嘴里有异味',
  '腹部肥大（腹部脂肪肥厚）',
  '吃（喝）凉的东西会感到不舒服或者怕吃（喝）凉的东西',
  '有大便黏滞不爽、解不尽的感觉',
  '容易大便干燥',
  '舌苔厚腻或有舌苔厚厚的感觉（可由调查员观察）',
  '舌下静脉瘀紫或增粗（可由调查员辅助观察）',
];

const frequency = '1 没有  2 很少  3 有时  4 经常  5 总是';

const ownAnchors: Readonly<Record<number, string>> = {
  9: '1 BMI＜24  2 24≤BMI＜25  3 25≤BMI＜26  4 26≤BMI＜28  5 BMI≥28',
  14: '1 一年少于2次  2 一年感冒2~4次  3 一年感冒5~6次  4 一年8次以上  5 几乎每月都感冒',
  17: '1 从来没有  2 一年1、2次  3 一年3、4次  4 一年5、6次  5 每次遇到上述原因都过敏',
  28: '1 腹围＜80cm（2.4尺）  2 腹围80~85cm（2.4~2.55尺）  3 腹围86~90cm（2.56~2.7尺）  4 腹围91~105cm（2.71~3.15尺）  5 腹围＞105cm（3.15尺）',
};

/** The five answers of question `number` (1–33) as printed; the code is the score. */
export function constitutionAnchors(number: number): string {
  return ownAnchors[number] ?? frequency;
}

/** A constitution, the questions that add up to its score, and those that count backwards. */
export interface ConstitutionScore {
  readonly id: string;
  readonly label: string;
  readonly questions: readonly number[];
  readonly reversed?: readonly number[];
}

/** The nine constitutions in printed order. */
export const constitutionScores: readonly ConstitutionScore[] = [
  { id: 'qiDeficiency', label: '气虚质', questions: [2, 3, 4, 14] },
  { id: 'yangDeficiency', label: '阳虚质', questions: [11, 12, 13, 29] },
  { id: 'yinDeficiency', label: '阴虚质', questions: [10, 21, 26, 31] },
  { id: 'phlegmDamp', label: '痰湿质', questions: [9, 16, 28, 32] },
  { id: 'dampHeat', label: '湿热质', questions: [23, 25, 27, 30] },
  { id: 'bloodStasis', label: '血瘀质', questions: [19, 22, 24, 33] },
  { id: 'qiStagnation', label: '气郁质', questions: [5, 6, 7, 8] },
  { id: 'specialDiathesis', label: '特禀质', questions: [15, 17, 18, 20] },
  { id: 'balanced', label: '平和质', questions: [1, 2, 4, 5, 13], reversed: [2, 4, 5, 13] },
];
