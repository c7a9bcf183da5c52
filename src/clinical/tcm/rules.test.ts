import { testRules } from '#test/support/rule-cases.ts';
import { tcmRules } from './rules.ts';

testRules(tcmRules);
