import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { openResident } from '#capabilities/residents/contract.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { mayDo } from '#standards/access-policy.ts';
import { listResidentAppointments, listSlots, type Slot } from '../contract.ts';
import { type SlotKind, slotKindLabels } from '../domain/plan-slots.ts';
import { BookDialog, type Changing } from './book-dialog.tsx';
import { DayStrip } from './day-strip.tsx';
import { SlotDrawer } from './slot-drawer.tsx';
import { SlotList } from './slot-list.tsx';

const kinds = Object.keys(slotKindLabels) as SlotKind[];

/** The slots of a day and their free places: book, see who is booked, change. */
export function AppointmentsScreen() {
  const search = useSearch({ from: '/appointments' });
  const navigate = useNavigate();
  const actor = useActor();
  const mayWrite = mayDo(actor.role, 'appointments.write');
  const [booking, setBooking] = useState<Slot>();
  const day = search.day ?? actor.today;
  const slots = useQuery({
    queryKey: ['appointments', 'slots', day, search.kind],
    queryFn: () => callApi(listSlots, { query: { day, kind: search.kind } }),
    placeholderData: (previous) => previous,
  });
  const forWhom = useBookingFor(search.residentId, search.change);
  const go = (more: Partial<typeof search>) =>
    void navigate({ to: '/appointments', search: { ...search, ...more } });
  const open = slots.data?.items.find((one) => one.id === search.slotId);
  return (
    <main className="page">
      <div className="row spread">
        <h1>预约</h1>
        <span className="row">
          {mayDo(actor.role, 'schedules.manage') && <Link to="/appointments/schedules">排班与放号</Link>}
          <Link to="/appointments/notices">提醒</Link>
        </span>
      </div>
      {forWhom.name && (
        <div className="card row spread" style={{ padding: '10px 14px' }}>
          <span>
            {forWhom.changing ? '为' : '正在为'} <b>{forWhom.name}</b>
            {forWhom.changing ? ` 改约（原约 ${forWhom.changing.words}）` : ' 预约'}，请选时段
          </span>
          <Button size="small" onClick={() => go({ residentId: undefined, change: undefined })}>
            不约了
          </Button>
        </div>
      )}
      <DayStrip
        today={actor.today}
        day={day}
        days={slots.data?.days ?? []}
        onPick={(picked) => go({ day: picked, slotId: undefined })}
      />
      <div className="row spread">
        <div className="scroll-x" style={{ maxWidth: '100%' }}>
          <Segmented<SlotKind | 'all'>
            value={search.kind ?? 'all'}
            onChange={(kind) => go({ kind: kind === 'all' ? undefined : kind })}
            options={[
              { value: 'all', label: '全部' },
              ...kinds.map((value) => ({ value, label: slotKindLabels[value] })),
            ]}
          />
        </div>
        <Input
          type="date"
          aria-label="其他日期"
          style={{ width: 150 }}
          value={day}
          onChange={(event) => event.target.value && go({ day: event.target.value, slotId: undefined })}
        />
      </div>
      {slots.isPending && <Loading rows={8} />}
      {slots.isLoadingError && <Failure error={slots.error} onRetry={() => void slots.refetch()} />}
      {slots.data?.isCut && (
        <p role="status" style={{ color: 'var(--late)' }}>
          这一天的时段太多，只列出前 {slots.data.items.length} 个；请先选类别。
        </p>
      )}
      {slots.data?.items.length === 0 && (
        <Empty title="这一天没有放号">
          请选其他日期，或在<Link to="/appointments/schedules">排班与放号</Link>里放号。
        </Empty>
      )}
      {slots.data && slots.data.items.length > 0 && (
        <SlotList
          slots={slots.data.items}
          mayBook={mayWrite}
          onBook={setBooking}
          onOpen={(slot) => go({ slotId: slot.id })}
        />
      )}
      <SlotDrawer slot={open} mayWrite={mayWrite} onClose={() => go({ slotId: undefined })} />
      {booking && (
        <BookDialog
          key={booking.id}
          slot={booking}
          resident={
            search.residentId && forWhom.name ? { id: search.residentId, name: forWhom.name } : undefined
          }
          changing={forWhom.changing}
          onNext={(next) => {
            setBooking(undefined);
            go({ day: next.day, slotId: undefined });
          }}
          onClose={(isDone) => {
            setBooking(undefined);
            if (isDone && search.residentId)
              void navigate({
                to: '/residents/$residentId',
                params: { residentId: search.residentId },
              });
          }}
        />
      )}
    </main>
  );
}

/** For whom a slot is being picked, and which booking is to be moved. */
function useBookingFor(
  residentId: string | undefined,
  appointmentId: string | undefined,
): { name: string | undefined; changing: Changing | undefined } {
  const resident = useQuery({
    queryKey: ['resident', residentId],
    enabled: residentId !== undefined,
    queryFn: () => callApi(openResident, { params: { residentId: residentId ?? '' } }),
  });
  const booked = useQuery({
    queryKey: ['appointments', 'of', residentId],
    enabled: residentId !== undefined && appointmentId !== undefined,
    queryFn: () =>
      callApi(listResidentAppointments, { params: { residentId: residentId ?? '' }, query: { limit: 50 } }),
  });
  const one = booked.data?.items.find((item) => item.id === appointmentId && item.status === 'booked');
  return {
    name: residentId ? resident.data?.name : undefined,
    changing: one && {
      appointmentId: one.id,
      version: one.version,
      purpose: one.purpose,
      words: `${one.day} ${one.starts} ${one.title}`,
    },
  };
}
