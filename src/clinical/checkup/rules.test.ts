import { testRules } from '#test/support/rule-cases.ts';
import { checkupRules } from './rules.ts';

testRules(checkupRules);
