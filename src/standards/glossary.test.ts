import { describe, expect, it } from 'vitest';
import { fieldsOf } from '#kernel/form-shape.ts';
import { allFormEditions } from './forms/all-forms.ts';
import { glossary } from './glossary.ts';
import { findSource } from './sources.ts';

describe('the glossary', () => {
  it('has at least 120 terms, each once and complete', () => {
    expect(glossary.length).toBeGreaterThanOrEqual(120);
    expect(new Set(glossary.map(({ zh }) => zh)).size).toBe(glossary.length);
    for (const term of glossary) {
      expect(term.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(term.en, term.zh).toMatch(/^[\x20-\x7e’]+$/);
      expect(term.code, term.zh).not.toBe('');
      expect(findSource(term.source), term.zh).toBeDefined();
    }
  });

  it('names the forms and measures as the sheets do', () => {
    const forms = new Set(allFormEditions.map(({ form }) => form));
    const ids = new Set(allFormEditions.flatMap(fieldsOf).map(({ id }) => id));
    const codeOf = (zh: string) => glossary.find((term) => term.zh === zh)?.code ?? '';
    for (const zh of ['收缩压', '体质指数', '空腹血糖', '脉搏氧饱和度', '服药依从性', '此次随访分类']) {
      expect(ids.has(codeOf(zh)), zh).toBe(true);
    }
    for (const zh of ['个人基本信息表', '健康体检表', '中国糖尿病风险评分', '满意度调查', '花名册']) {
      expect(forms.has(codeOf(zh)), zh).toBe(true);
    }
  });
});
