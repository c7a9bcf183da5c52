import { testRules } from '#test/support/rule-cases.ts';
import { obesityRules } from './rules.ts';

testRules(obesityRules);
