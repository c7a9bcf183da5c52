import type { ReferralState, Urgency } from '#capabilities/referrals/domain/referral-states.ts';
import { answerDueAt } from '#capabilities/referrals/server/send-referral.ts';
import { seenUntil } from '#capabilities/referrals/server/step-referral.ts';
import { addDays } from '#kernel/plain-date.ts';
import type { CountyFill } from './county-fill.ts';

/** How far a referral of the demo has come: state, days ago, time of day, what was said. */
type Step = readonly [state: ReferralState, daysAgo: number, time: string, note?: string];

interface Course {
  readonly urgency: Urgency;
  readonly department: string;
  readonly reason: string;
  readonly handling: string;
  readonly steps: readonly Step[];
  readonly back?: {
    readonly diagnosis: string;
    readonly examResults: string;
    readonly treatmentAndAdvice: string;
  };
  /** Only of every third township. */
  readonly isRare?: true;
}

const courses: readonly Course[] = [
  {
    urgency: 'soon',
    department: '心内科',
    reason: '两次随访血压控制不满意，已用两种药足量',
    handling: '维持原方案，嘱家庭自测血压',
    steps: [['requested', 1, '16:20']],
  },
  {
    urgency: 'emergency',
    department: '急诊科',
    reason: '胸闷一小时，血压 190/112',
    handling: '平卧、吸氧、舌下含服硝苯地平后血压 172/104，心电图 ST 段压低',
    steps: [
      ['requested', 1, '14:05'],
      ['accepted', 1, '14:12'],
      ['arrived', 1, '15:02'],
    ],
  },
  {
    urgency: 'routine',
    department: '肾内科',
    reason: '尿白蛋白/肌酐比两次升高，请评估肾脏损害',
    handling: '停用非甾体抗炎药，复查肾功能',
    steps: [
      ['requested', 9, '10:30'],
      ['accepted', 8, '09:10'],
      ['arrived', 6, '08:45'],
      ['returned', 3, '16:40'],
    ],
    back: {
      diagnosis: '高血压 2 级 很高危；慢性肾脏病 A2 期',
      examResults: '尿白蛋白/肌酐比 86 mg/g，eGFR 72，双肾超声未见异常',
      treatmentAndAdvice: '加用缬沙坦 80 mg 每日一次；限盐，4 周后复查血钾、肌酐，血压目标低于 130/80',
    },
  },
  {
    urgency: 'routine',
    department: '心内科',
    reason: '疑似继发性高血压，请进一步检查',
    handling: '已查血钾 3.6 mmol/L，维持原方案',
    steps: [
      ['requested', 40, '09:30'],
      ['accepted', 40, '15:20'],
      ['arrived', 38, '08:30'],
      ['returned', 33, '11:00'],
      ['taken-on', 32, '09:15'],
    ],
    back: {
      diagnosis: '原发性高血压 2 级 高危，排除原发性醛固酮增多症',
      examResults: '醛固酮肾素比正常，肾上腺 CT 未见占位',
      treatmentAndAdvice: '调整为氨氯地平 5 mg 加缬沙坦 80 mg，每日一次；基层每月随访血压',
    },
  },
  {
    urgency: 'routine',
    department: '眼科',
    reason: '眼底检查发现出血点，请会诊',
    handling: '控制血压，避免用力',
    steps: [
      ['requested', 4, '11:10'],
      ['declined', 3, '10:05', '眼底造影设备检修，两周后再约，或转市医院'],
    ],
    isRare: true,
  },
  {
    urgency: 'soon',
    department: '神经内科',
    reason: '反复头晕伴一过性言语不清',
    handling: '测血压 158/92，嘱卧床，家属陪同',
    steps: [['requested', 3, '15:50']],
    isRare: true,
  },
];

/** Of each township a few people sent to the county hospital, each at another point of the way; only people without a contract, whose services are not counted. */
export async function fillReferrals({ client, countyId, today, ids }: CountyFill): Promise<void> {
  const { rows: people } = await client.query<{
    place: number;
    township: number;
    resident_id: string;
    org_path: string;
    summary: object;
    from_id: string;
    from_path: string;
    doctor: string;
    to_id: string;
    to_path: string;
    specialist: string;
    specialist_name: string;
  }>(
    `select p.place, o.township, p.resident_id, p.org_path, p.summary, o.id as from_id, o.path as from_path, o.doctor,
       h.id as to_id, h.path as to_path, h.specialist, h.specialist_name
     from (select o.id, o.path, (row_number() over (order by o.path) - 1)::int as township,
         (select s.id from staff s where s.county_id = $1 and s.organization_id = o.id and s.role = 'township-doctor'
          order by s.username limit 1) as doctor
       from organization o where o.county_id = $1 and o.kind = 'township-centre') o
     join (select h.id, h.path, s.id as specialist, s.name as specialist_name from organization h
       join staff s on s.county_id = h.county_id and s.organization_id = h.id and s.role = 'county-specialist'
       where h.county_id = $1 and h.kind = 'county-hospital' order by s.username limit 1) h on true
     cross join lateral (
       select x.resident_id, x.org_path, row_number() over (order by x.org_path desc, x.resident_id)::int as place,
         jsonb_build_object('person', jsonb_build_object('name', x.name, 'sex', x.sex, 'birthDate', x.birth_date),
           'conditions', jsonb_build_array('高血压'), 'medicines', '[]'::jsonb, 'readings',
           (select coalesce(jsonb_agg(jsonb_build_object('label', k.label, 'value', m.value, 'unit', 'mmHg', 'on', m.occurred_on,
               'context', '诊室') order by k.kind desc), '[]')
             from (values ('sbp', '收缩压'), ('dbp', '舒张压')) as k (kind, label)
             cross join lateral (select m.value, m.occurred_on from measurement m where m.county_id = $1
               and m.resident_id = x.resident_id and m.kind = k.kind order by m.occurred_on desc limit 1) m)) as summary
       from (select e.resident_id, r.org_path, r.name, r.sex, r.birth_date
         from enrollment e join resident r on r.county_id = e.county_id and r.id = e.resident_id and r.status = 'active'
         where e.county_id = $1 and e.org_path like o.path || '%' and e.closed_on is null and e.program = 'hypertension'
           and not exists (select from contract c where c.county_id = $1 and c.resident_id = e.resident_id)
         order by r.org_path desc, e.resident_id limit $2) x) p
     where o.doctor is not null order by o.path, p.place`,
    [countyId, courses.length],
  );
  const referrals: object[] = [];
  const steps: object[] = [];
  for (const one of people) {
    const course = courses[one.place - 1];
    if (!course || (course.isRare && one.township % 3 !== 1)) continue;
    const id = ids.next();
    const at = ([, daysAgo, time]: Step) => new Date(`${addDays(today, -daysAgo)}T${time}:00+08:00`);
    const [first, last] = [course.steps[0], course.steps.at(-1)];
    if (!first || !last) continue;
    const returned = course.steps.find(([state]) => state === 'returned');
    referrals.push({
      ...one,
      ...course,
      id,
      status: last[0],
      requested_at: at(first),
      answer_due_at: answerDueAt(course.urgency, at(first), today),
      receiver_until: seenUntil(last[0], today, at(last)),
      version: course.steps.length,
      back: course.back && {
        ...course.back,
        fromPhone: '0555-6612345',
        hospitalRecordNo: `H${one.township + 1}${one.place}0417`,
        inpatientNo: '',
        backDate: addDays(today, -(returned?.[1] ?? 0)),
        fromDoctor: one.specialist_name,
      },
    });
    for (const [index, step] of course.steps.entries()) {
      const isOfSender = step[0] === 'requested' || step[0] === 'taken-on';
      steps.push({
        id: index === 0 ? id : ids.next(),
        referral_id: id,
        state: step[0],
        at: at(step),
        by: isOfSender ? one.doctor : one.specialist,
        organization_id: isOfSender ? one.from_id : one.to_id,
        note: step[3] ?? null,
      });
    }
  }
  await client.query(
    `insert into referral_request (county_id, id, resident_id, org_path, from_organization_id, from_path, to_organization_id, to_path,
       to_department, urgency, reason, first_handling, summary, status, requested_at, requested_by, answer_due_at, receiver_until,
       version, back, back_edition)
     select $1, x.id, x.resident_id, x.org_path, x.from_id, x.from_path, x.to_id, x.to_path, x.department, x.urgency, x.reason,
       x.handling, x.summary, x.status, x.requested_at, x.doctor, x.answer_due_at, x.receiver_until, x.version, x.back,
       case when x.back is not null then '2017' end
     from jsonb_to_recordset($2::jsonb) as x (id uuid, resident_id uuid, org_path text, from_id uuid, from_path text, to_id uuid,
       to_path text, department text, urgency text, reason text, handling text, summary jsonb, status text,
       requested_at timestamptz, doctor uuid, answer_due_at timestamptz, receiver_until timestamptz, version integer, back jsonb)`,
    [countyId, JSON.stringify(referrals)],
  );
  await client.query(
    `insert into referral_step (county_id, id, referral_id, state, at, by, organization_id, note)
     select $1, x.id, x.referral_id, x.state, x.at, x.by, x.organization_id, x.note
     from jsonb_to_recordset($2::jsonb) as x (id uuid, referral_id uuid, state text, at timestamptz, by uuid,
       organization_id uuid, note text)`,
    [countyId, JSON.stringify(steps)],
  );
}
