import { Link } from '@tanstack/react-router';
import { Button, Input, InputNumber } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { callApi } from '#platform/browser/api-client.ts';
import { moveOnEnter } from '#platform/browser/form-renderer/field-input.tsx';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import type { EntryBox } from '../domain/flow-boxes.ts';
import { arrive, type ReceptionCard } from '../reception-contract.ts';
import { ChoiceRow } from './choice-row.tsx';
import { ConsultOnly } from './consult-only.tsx';
import { type AddedInformation, InformationList } from './information-list.tsx';
import { ProblemText, useAct } from './use-act.tsx';

export interface Ticket {
  readonly name: string;
  readonly queueNo: string;
  readonly room: string;
  readonly waitingBefore: number;
  readonly pressureText: string | null;
  readonly dangers: readonly string[];
}

const entries = [
  { value: 'A3', label: '预约挂号' },
  { value: 'A1', label: '健康咨询' },
  { value: 'A2', label: '健康科普' },
  { value: 'A4', label: '接收转诊' },
] as const;
const declines = ['回家和家人商量', '已有固定看病的医生', '不了解签约服务', '暂时不需要'].map((one) => ({
  value: one,
  label: one,
}));
const pressureRefusals = ['拒绝测量', '上肢不能测量', '正在急救', '设备故障'].map((one) => ({
  value: one,
  label: one,
}));
const dangers = ['胸痛', '呼吸困难', '意识不清', '肢体无力或言语不清', '剧烈头痛呕吐'].map((one) => ({
  value: one,
  label: one,
}));

/** From the door to the queue without the mouse: Enter goes on, numbers choose, the last Enter takes the number. */
export function ArrivalForm({
  card,
  onDone,
  onConsulted,
}: {
  card: ReceptionCard;
  onDone: (ticket: Ticket) => void;
  onConsulted: () => void;
}) {
  const [appointment] = card.appointments;
  const [entry, setEntry] = useState<EntryBox>(
    !appointment && card.referrals.some((one) => !card.lastVisitOn || one.on > card.lastVisitOn)
      ? 'A4'
      : 'A3',
  );
  const [sbp, setSbp] = useState<number>();
  const [dbp, setDbp] = useState<number>();
  const [isHalf, setHalf] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [declined, setDeclined] = useState<string>();
  const [danger, setDanger] = useState<string>();
  const [question, setQuestion] = useState(appointment?.purpose ?? '');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [added, setAdded] = useState<readonly AddedInformation[]>([]);
  const [visitId] = useState(uuidv7);
  const { ids } = useWriteIds();
  const act = useAct();
  const form = useRef<HTMLDivElement>(null);
  const submit = useRef<HTMLButtonElement>(null);
  const reasons = useRef<HTMLSpanElement>(null);
  const known = card.information.filter((one) => card.lastVisitOn === null || one.on >= card.lastVisitOn);
  const asksReason = card.contract.state === 'none';

  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('[data-first]');
    (first?.matches('input, button')
      ? first
      : (first?.querySelector<HTMLElement>('input, button[tabindex="0"]') ?? submit.current)
    )?.focus();
  }, []);

  /** After the pressure: the reason when one is asked, else the number. */
  const goOn = () =>
    (reasons.current?.querySelector<HTMLElement>('button[tabindex="0"]') ?? submit.current)?.focus();

  const save = async () => {
    // Half a pressure is a slip, not nothing: it is asked for before the number is taken.
    const isTypedHalf = (sbp === undefined) !== (dbp === undefined);
    setHalf(isTypedHalf);
    if (isTypedHalf) return;
    await act.run(async () => {
      const { queueNo, room, waitingBefore, pressureText, dangers } = await callApi(arrive, {
        params: { residentId: card.residentId },
        body: {
          operationId: ids.operationId,
          visitId,
          entry,
          question,
          ...(appointment && entry === 'A3' ? { appointmentId: appointment.id } : {}),
          information: [
            ...known
              .filter((one) => !left.has(one.recordId))
              .map(({ source, on, title, place, text }) => ({
                source,
                on,
                text: `${title}（${place}）${text}`.slice(0, 500),
              })),
            ...added,
          ].slice(0, 12),
          ...(sbp !== undefined && dbp !== undefined ? { pressure: { sbp, dbp } } : {}),
          ...(refusal && sbp === undefined ? { pressureRefusal: refusal } : {}),
          ...(declined ? { declinedReason: declined } : {}),
          ...(danger ? { dangerSign: danger } : {}),
        },
      });
      onDone({ name: card.name, queueNo, room, waitingBefore, pressureText, dangers });
    });
  };

  return (
    <div data-form ref={form}>
      <div className="desk-fields">
        <span className="soft">血压</span>
        <span>
          <span className="row" data-first={card.firstPressure.isDue || undefined}>
            <PressureInput label="收缩压" value={sbp} onChange={setSbp} />
            <span>/</span>
            <PressureInput label="舒张压" value={dbp} onChange={setDbp} onEnter={goOn} />
            <span className="small" style={{ color: card.firstPressure.isDue ? 'var(--late)' : undefined }}>
              {card.firstPressure.isDue
                ? '35岁及以上首诊，今年还没有测'
                : card.firstPressure.lastOn
                  ? `上次测量 ${card.firstPressure.lastOn}`
                  : ''}
            </span>
          </span>
          {card.firstPressure.isDue && sbp === undefined && (
            <span className="row small" style={{ marginTop: 6 }}>
              不能测：
              <ChoiceRow
                label="未测血压的原因"
                options={pressureRefusals}
                value={refusal}
                onChange={setRefusal}
              />
            </span>
          )}
        </span>
        {asksReason && (
          <>
            <span className="soft">引导签约</span>
            <span ref={reasons} data-first={!card.firstPressure.isDue || undefined}>
              <ChoiceRow
                label="暂不签约的原因"
                numbered
                options={declines}
                value={declined}
                onChange={setDeclined}
                onChosen={() => submit.current?.focus()}
              />
              <span className="small soft">
                愿意签约的{' '}
                <Link
                  to="/residents/$residentId/contract"
                  params={{ residentId: card.residentId }}
                  tabIndex={-1}
                >
                  现在签约
                </Link>
                ；暂不签约须记下原因。
              </span>
            </span>
          </>
        )}
        <span className="soft">入口</span>
        <span className="row">
          <ChoiceRow label="入口" options={entries} value={entry} onChange={setEntry} />
          {entry === 'A4' && card.referrals[0] && (
            <span className="small">
              {card.referrals[0].on} {card.referrals[0].from === 'hospital' ? '上级医院转回' : '村卫生室转来'}
              ：{card.referrals[0].diagnosis}
            </span>
          )}
          {appointment && (
            <span className="small">
              预约 {appointment.starts} {appointment.title}
            </span>
          )}
        </span>
        <span className="soft">危急情况</span>
        <ChoiceRow
          label="危急情况"
          options={[{ value: '', label: '无' }, ...dangers]}
          value={danger ?? ''}
          onChange={(value) => setDanger(value || undefined)}
        />
        <span className="soft">来访事由</span>
        <Input
          aria-label="来访事由"
          maxLength={300}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
          onPressEnter={() => submit.current?.focus()}
        />
        <span className="soft">基本信息</span>
        <InformationList known={known} left={left} onLeave={setLeft} added={added} onAdd={setAdded} />
      </div>
      {(entry === 'A1' || entry === 'A2') && (
        <ConsultOnly residentId={card.residentId} entry={entry} question={question} onDone={onConsulted} />
      )}
      <div className="row" style={{ marginTop: 12 }}>
        <Button
          ref={submit}
          data-next
          type="primary"
          size="large"
          loading={act.busy}
          onClick={() => void save()}
        >
          取号
        </Button>
        {isHalf ? (
          <span role="alert" className="field-error">
            收缩压与舒张压应一起填写。
          </span>
        ) : (
          <ProblemText problem={act.problem} />
        )}
      </div>
    </div>
  );
}

function PressureInput(props: {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  onEnter?: () => void;
}) {
  return (
    <InputNumber
      aria-label={props.label}
      style={{ width: 84 }}
      controls={false}
      precision={0}
      inputMode="numeric"
      value={props.value ?? null}
      onChange={(value) => props.onChange(value ?? undefined)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !props.onEnter) moveOnEnter(event);
        else {
          event.preventDefault();
          props.onEnter();
        }
      }}
    />
  );
}
