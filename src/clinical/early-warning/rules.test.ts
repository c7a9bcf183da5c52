import { testRules } from '#test/support/rule-cases.ts';
import { earlyWarningRules } from './rules.ts';

testRules(earlyWarningRules);
