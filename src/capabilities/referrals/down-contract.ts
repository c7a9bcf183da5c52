import { z } from 'zod';
import { textShapes } from '#kernel/form-text-patterns.ts';
import { endpoint } from '#standards/endpoint.ts';
import { filledText, idSchema, textSchema } from '#standards/wire-schemas.ts';
import { backFields } from './contract.ts';
import { foundUrgencies } from './domain/found-person.ts';

const ofReferral = z.strictObject({ referralId: idSchema() });

/** 可接续管理的基层机构：乡镇卫生院与村卫生室，按乡镇排列。 */
export const listManagingHouses = endpoint({
  method: 'GET',
  path: '/api/managing-houses',
  response: z.object({
    items: z.array(
      z.object({ id: z.string(), name: z.string(), isVillage: z.boolean(), townshipName: z.string() }),
    ),
  }),
});

/** 医院自己发现的病人，按本人意愿下转给基层机构管理。 */
export const sendDown = endpoint({
  method: 'POST',
  path: '/api/referrals/down',
  body: z.strictObject({
    operationId: idSchema(),
    referralId: idSchema(),
    person: z.strictObject({
      name: filledText(50, '请填写姓名。'),
      idNo: textSchema(32),
      phone: textSchema(20).refine((text) => textShapes.phone.shape.test(text.trim()), {
        error: `本人或家属电话${textShapes.phone.message}`,
      }),
    }),
    /** The house the person wishes to be managed by. */
    toOrganizationId: idSchema(),
    urgency: z.enum(foundUrgencies),
    back: z.strictObject(backFields),
    isAgreed: z.literal(true, { error: '请先征得本人同意，再把资料送给所选机构。' }),
  }),
  response: z.object({ referralId: z.string() }),
});

/** 被拒收或联系不上的，改送另一家；原来的一份随之结束。 */
export const redirectDown = endpoint({
  method: 'POST',
  path: '/api/referrals/:referralId/redirect-down',
  params: ofReferral,
  body: z.strictObject({
    operationId: idSchema(),
    newReferralId: idSchema(),
    version: z.int().min(1),
    toOrganizationId: idSchema(),
  }),
  response: z.object({ referralId: z.string() }),
});

/** 下转来的人的证件号码与电话全值：接收机构联系本人、建档用。 */
export const showFoundPerson = endpoint({
  method: 'POST',
  path: '/api/referrals/:referralId/person',
  params: ofReferral,
  response: z.object({
    name: z.string(),
    sex: z.string(),
    birthDate: z.string(),
    idNo: z.string(),
    phone: z.string(),
  }),
});
