import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generatedDocs } from './generated-docs.ts';

describe('generated pages', () => {
  it.each(generatedDocs().map((doc) => [doc.path, doc.text]))(
    '%s is fresh (npm run generate)',
    (path, text) => {
      expect(readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')).toBe(text);
      expect(text).toMatch(/[一-龥]/);
    },
  );
});
