import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { textSchema } from '#standards/wire-schemas.ts';

/** 签名证书：为这台手机的公钥签发，用于离线出示健康摘要；同时取回本县公钥。 */
export const certifySigningKey = endpoint({
  method: 'POST',
  path: '/api/field/signing-certificates',
  body: z.strictObject({ publicKey: textSchema(100) }),
  response: z.object({
    certificate: z.object({ text: z.string(), signature: z.string() }),
    validThrough: z.string(),
    countyKeys: z.array(z.object({ keyId: z.string(), publicKey: z.string() })),
  }),
});
