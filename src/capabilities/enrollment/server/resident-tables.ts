import { sql } from 'kysely';
import type { ResidentTable } from '#platform/server/database/resident-table.ts';
import { courseStates } from '../domain/condition-course.ts';

const closedCourse = {
  columns: ['state', 'due_on', 'next_step', 'version'],
  set: sql`state = 'closed', due_on = null, next_step = '无', version = t.version + 1`,
};

/** How far a course has come, in the order of its states. */
const rankOf = (row: 'k' | 't') =>
  sql`array_position(${[...courseStates]}::text[], ${sql.ref(`${row}.state`)}::text)`;

/** Programme records and the courses of diseases, and what becomes of them with the person's record. */
export const enrollmentTables: readonly ResidentTable[] = [
  {
    table: 'enrollment',
    title: '纳入管理',
    key: ['id'],
    onMove: 'follows',
    managedBy: 'organization_id',
    bornAt: 'created_at',
    onMerge: {
      kind: 'moves',
      yields: ({ today }) => ({
        columns: ['closed_on', 'close_reason', 'version'],
        set: sql`closed_on = greatest(${today}::date, t.enrolled_on), close_reason = 'merged', version = t.version + 1`,
        when: sql`t.closed_on is null`,
        equal: sql`k.program = t.program and k.closed_on is null`,
      }),
    },
    onEnd: (end) => ({
      columns: ['closed_on', 'close_reason', 'version'],
      set: sql`closed_on = greatest(${end.onDay}::date, t.enrolled_on), close_reason = ${end.kind}, version = t.version + 1`,
      when: sql`t.closed_on is null`,
    }),
  },
  {
    table: 'condition_episode',
    title: '病程',
    key: ['id'],
    onMove: 'follows',
    managedBy: 'organization_id',
    bornAt: 'updated_at',
    onMerge: {
      kind: 'moves',
      // A confirmed disease of either record must not vanish behind a mere suspicion, or a normal finding, of the other.
      givesWay: () => ({
        ...closedCourse,
        when: sql`t.state <> 'closed'`,
        equal: sql`k.condition = t.condition and k.state <> 'closed' and ${rankOf('k')} > ${rankOf('t')}`,
      }),
      yields: () => ({
        ...closedCourse,
        when: sql`t.state <> 'closed'`,
        equal: sql`k.condition = t.condition and k.state <> 'closed'`,
      }),
    },
    onEnd: (end) =>
      end.kind === 'lost'
        ? undefined
        : {
            ...closedCourse,
            when: sql`t.state <> 'closed'`,
          },
  },
  {
    table: 'condition_event',
    title: '病程变化',
    key: ['id'],
    onMove: 'follows',
    childOf: { table: 'condition_episode', by: 'episode_id' },
    onMerge: { kind: 'moves' },
  },
];
