import { testRules } from '#test/support/rule-cases.ts';
import { referralRules } from './rules.ts';

testRules(referralRules);
