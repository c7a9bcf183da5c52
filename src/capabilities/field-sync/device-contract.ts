import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema } from '#standards/wire-schemas.ts';
import { leaseLimits } from './domain/phone-lease.ts';

const base64 = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, '内容不是 base64。');

/** 读入手机导出的未上传内容：只有本县服务器打得开，原文留待处理。 */
export const readOutboxFile = endpoint({
  method: 'POST',
  path: '/api/field/outbox-files',
  body: z.strictObject({
    format: z.literal('quancheng-outbox-1'),
    deviceId: idSchema(),
    userId: idSchema(),
    salt: base64(64),
    iv: base64(64),
    content: base64(4_000_000),
  }),
  response: z.object({
    /** Operations kept now for somebody to decide. */
    held: z.int(),
    /** Operations the server had taken before. */
    taken: z.int(),
    userName: z.string(),
  }),
});

const settingsSchema = z.object({
  leaseDays: z.int(),
  defaultLeaseDays: z.int(),
  changedAt: z.string().nullable(),
  changedByName: z.string().nullable(),
});

/** 手机设置：多久不联网要重新登录。 */
export const showPhoneSettings = endpoint({
  method: 'GET',
  path: '/api/field/settings',
  response: settingsSchema,
});

/** 修改手机设置；`seen` 是打开时看到的修改时间，别人改过则退回。 */
export const changePhoneSettings = endpoint({
  method: 'PUT',
  path: '/api/field/settings',
  body: z.strictObject({
    operationId: idSchema(),
    leaseDays: z
      .int()
      .min(leaseLimits.least, `不能少于 ${leaseLimits.least} 天。`)
      .max(leaseLimits.most, `不能多于 ${leaseLimits.most} 天。`),
    seen: z.string().nullable(),
  }),
  response: settingsSchema,
});
