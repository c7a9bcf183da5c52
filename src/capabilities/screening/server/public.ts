export { readFamilyPrompt } from './family-prompt.ts';
