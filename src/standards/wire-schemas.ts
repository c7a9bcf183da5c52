import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { parsePartialDate } from '#kernel/partial-date.ts';
import { parsePlainDate } from '#kernel/plain-date.ts';
import { isWellFormedText } from '#kernel/well-formed-text.ts';

/** Text of at most `max` characters without NUL or lone surrogates. */
export function textSchema(max: number) {
  return z
    .string({ error: '应为文字。' })
    .max(max, { error: `不能超过 ${max} 个字。` })
    .refine(isWellFormedText, { error: '含有无法保存的字符。' });
}

/** The same with something in it; `error` is what the form says where it is left out. */
export const filledText = (max: number, error: string) =>
  textSchema(max).refine((text) => text.trim() !== '', { error });

/** One of the names of a table of words. */
export const nameOf = <T extends object>(words: T) => z.enum(Object.keys(words) as [keyof T & string]);

/** A UUID, lower-cased. */
export function idSchema() {
  return z.string({ error: '缺少编号。' }).transform((text, context) => {
    const id = parseId(text);
    if (id === undefined) {
      context.addIssue({ code: 'custom', message: '编号格式不正确。' });
      return z.NEVER;
    }
    return id;
  });
}

/** A real calendar day `YYYY-MM-DD`. */
export function plainDateSchema() {
  return z.string({ error: '缺少日期。' }).transform((text, context) => {
    const day = parsePlainDate(text);
    if (day === undefined) {
      context.addIssue({ code: 'custom', message: '日期应写成 2024-05-01，且须真实存在。' });
      return z.NEVER;
    }
    return day;
  });
}

/** A day, month or year; it stays as partial as it was written. */
export function partialDateSchema() {
  return z.string({ error: '缺少日期。' }).transform((text, context) => {
    const date = parsePartialDate(text);
    if (date === undefined) {
      context.addIssue({ code: 'custom', message: '日期应写成 2024、2024-05 或 2024-05-01。' });
      return z.NEVER;
    }
    return date;
  });
}

/** Where a page starts and how long it may be; spread into a body or a query. */
export function pageSchema(limitMax: number) {
  return {
    cursor: textSchema(300).optional(),
    limit: z.coerce
      .number({ error: '条数应为数字。' })
      .int('条数应为整数。')
      .min(1, '每页至少 1 条。')
      .max(limitMax, `每页最多 ${limitMax} 条。`)
      .default(Math.min(50, limitMax)),
  };
}

/** One page of a list and where the next begins; null at its end. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
