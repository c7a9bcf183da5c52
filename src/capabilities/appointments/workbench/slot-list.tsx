import { Button } from 'antd';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import type { Slot } from '../contract.ts';
import { slotKindLabels } from '../domain/plan-slots.ts';

/** The slots of a day, place by place. */
export function SlotList(props: {
  slots: readonly Slot[];
  mayBook: boolean;
  onBook: (slot: Slot) => void;
  onOpen: (slot: Slot) => void;
}) {
  const places = [...new Set(props.slots.map((slot) => slot.organizationId))];
  return places.map((place) => {
    const own = props.slots.filter((slot) => slot.organizationId === place);
    return (
      <section key={place} className="card" aria-label={own[0]?.organizationName}>
        <h2 style={{ marginBottom: 4 }}>{own[0]?.organizationName}</h2>
        {own.map((slot) => (
          <SlotLine key={slot.id} slot={slot} {...props} />
        ))}
      </section>
    );
  });
}

function SlotLine(props: {
  slot: Slot;
  mayBook: boolean;
  onBook: (slot: Slot) => void;
  onOpen: (slot: Slot) => void;
}) {
  const { slot } = props;
  const free = slot.capacity - slot.taken;
  return (
    <div className="slot-line">
      <b>
        {slot.starts}–{slot.ends}
      </b>
      <div>
        {slot.title}
        <div className="small soft">
          {[slotKindLabels[slot.kind], slot.doctorName].filter(Boolean).join(' · ')}
        </div>
      </div>
      <div>
        {slot.isWithdrawn ? (
          <StateTag state="late">停诊</StateTag>
        ) : slot.isOver ? (
          <StateTag state="plain">已结束</StateTag>
        ) : free === 0 ? (
          <StateTag state="recheck">约满</StateTag>
        ) : (
          <StateTag state="good">余 {free}</StateTag>
        )}{' '}
        <span className="small soft">
          {slot.taken} / {slot.capacity}
        </span>
      </div>
      <div className="row" style={{ gap: 8, flexWrap: 'nowrap' }}>
        {props.mayBook && (
          <Button
            type="primary"
            disabled={slot.isWithdrawn || slot.isOver || free === 0}
            aria-label={`预约 ${slot.title} ${slot.starts}`}
            onClick={() => props.onBook(slot)}
          >
            预约
          </Button>
        )}
        <Button aria-label={`名单 ${slot.title} ${slot.starts}`} onClick={() => props.onOpen(slot)}>
          名单
        </Button>
      </div>
    </div>
  );
}
