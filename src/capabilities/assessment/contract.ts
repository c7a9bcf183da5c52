import { z } from 'zod';
import { endpoint } from '#standards/endpoint.ts';
import { idSchema } from '#standards/wire-schemas.ts';

/** What the engine is told of a person, as it travels; the engine itself reads it with care. */
export const patientRecordSchema = z.object({
  birthDate: z.string().optional(),
  sex: z.enum(['male', 'female']).optional(),
  conditions: z.array(z.string()),
  programs: z.array(z.object({ program: z.string(), diagnosedOn: z.string().optional() })),
  measurements: z.array(
    z.object({
      kind: z.string(),
      value: z.number(),
      on: z.string(),
      context: z.string().nullable().optional(),
    }),
  ),
  visits: z.array(
    z.object({ program: z.string(), on: z.string(), formClass: z.int().min(1).max(4).optional() }),
  ),
  medicines: z.array(
    z.object({ name: z.string(), code: z.string().optional(), dailyDose: z.number().optional() }),
  ),
  smoker: z.boolean().optional(),
  adherent: z.boolean().optional(),
  familyHistory: z
    .object({
      diabetes: z.boolean().optional(),
      hypertension: z.boolean().optional(),
      stroke: z.boolean().optional(),
      cvd: z.boolean().optional(),
    })
    .optional(),
  exerciseMinutes: z.number().optional(),
  examinations: z.record(z.string(), z.string()).optional(),
  nextVisits: z.record(z.string(), z.string()).optional(),
  openReferrals: z.array(z.string()).optional(),
  constitutions: z.array(z.string()).optional(),
  criticalValues: z
    .record(z.string(), z.object({ low: z.number().optional(), high: z.number().optional() }))
    .optional(),
});
export type PatientRecordOnWire = z.infer<typeof patientRecordSchema>;

/** 病情评估所需的资料；评估在同一套规则上进行，服务器、浏览器、手机结果相同。 */
export const loadAssessmentRecord = endpoint({
  method: 'GET',
  path: '/api/residents/:residentId/assessment-record',
  params: z.strictObject({ residentId: idSchema() }),
  response: z.object({ today: z.string(), record: patientRecordSchema }),
});
