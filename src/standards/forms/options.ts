import type { CodeOption } from '#kernel/form-shape.ts';

/** Options written as `1 门诊 2 家庭`: code and label, in printed order. */
export function options(text: string): readonly CodeOption[] {
  return text
    .trim()
    .split(/\s{2,}|\n/)
    .map((part) => {
      const [code = '', ...label] = part.trim().split(' ');
      return { code, label: label.join(' ') };
    });
}
