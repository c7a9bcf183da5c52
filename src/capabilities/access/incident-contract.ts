import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema, plainDateSchema, textSchema } from '#standards/wire-schemas.ts';

/** 一个账号在几天里；给出手机的，是这部手机和用它的各个账号。 */
const questionShape = {
  username: textSchema(64),
  deviceId: idSchema().optional(),
  from: plainDateSchema(),
  through: plainDateSchema(),
};

export const incidentSummarySchema = z.object({
  accounts: z.array(
    z.object({
      username: z.string(),
      staffName: z.string(),
      roleLabel: z.string(),
      organizationName: z.string(),
      isDisabled: z.boolean(),
      openSessions: z.int(),
    }),
  ),
  /** 这些账号用过的手机；没有指明手机时供选择。 */
  phones: z.array(
    z.object({
      deviceId: z.string(),
      name: z.string(),
      username: z.string(),
      stateLabel: z.string(),
      lastContactAt: z.string().nullable(),
      pending: z.int(),
    }),
  ),
  /** 各种涉及方式的人数；一个人可能在几种里。 */
  people: z.object({ opened: z.int(), onPhone: z.int(), listed: z.int(), all: z.int() }),
  /** 信息种类。 */
  kinds: z.array(z.string()),
  /** 看过全值的：哪一项、多少人。 */
  whole: z.array(z.object({ label: z.string(), people: z.int() })),
  deeds: z.array(z.object({ deed: z.string(), times: z.int(), people: z.int(), isRefused: z.boolean() })),
  exports: z.array(
    z.object({ exportId: z.string(), madeAt: z.string(), label: z.string(), people: z.int() }),
  ),
});
export type IncidentSummary = z.infer<typeof incidentSummarySchema>;

/** 一个账号或一部手机出事时涉及多少人、哪些信息。 */
export const traceIncident = endpoint({
  method: 'GET',
  path: '/api/incident-materials',
  query: z.strictObject(questionShape),
  response: incidentSummarySchema,
});

/** 事件材料：报告草稿、涉及的人、做过的事。 */
export const exportIncident = endpoint({
  method: 'GET',
  path: '/api/incident-materials/file',
  query: z.strictObject({ ...questionShape, purpose: z.literal('incident') }),
  response: z.undefined(),
});
