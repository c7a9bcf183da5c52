import type { FormField } from '#kernel/form-shape.ts';
import { code, integer, text } from './field-builders.ts';

/** 性别 as GB/T 2261.1 counts it. */
export const sexOptions = '1 男  2 女  9 未说明的性别  0 未知的性别';

export const nameField: FormField = text('name', '姓名', 50);
export const archiveNoField: FormField = text('archiveNo', '编号', 17, {
  required: 'optional',
  pattern: 'archive-number',
});
export const sexLine: readonly FormField[] = code('gender', '性别', sexOptions);
export const ageField: FormField = integer('age', '年龄', { unit: '岁', hard: { min: 0, max: 130 } });
export const phoneField: FormField = text('phone', '联系电话', 20, { pattern: 'phone' });
export const idNoField: FormField = text('idNo', '身份证号', 32);
