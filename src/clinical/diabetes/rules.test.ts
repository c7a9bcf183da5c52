import { testRules } from '#test/support/rule-cases.ts';
import { diabetesRules } from './rules.ts';

testRules(diabetesRules);
