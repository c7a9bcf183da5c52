export { readFamilyPrompt } from './family-prompt.ts';
export { judgeNextExaminations } from './judge-due-examinations.ts';
