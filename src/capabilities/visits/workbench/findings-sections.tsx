import { Button, Input } from 'antd';
import { useMemo } from 'react';
import { assess } from '#clinical/assess/assess.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { printInstantTime } from '#platform/browser/print-instant.ts';
import { useKept } from '#platform/browser/use-kept.ts';
import { useWriteIds } from '#platform/browser/use-write.tsx';
import { findReadingKind, orderableTests } from '#standards/measurements/reading-kinds.ts';
import { recordFindings, type VisitDetail } from '../contract.ts';
import { dueTests } from '../domain/due-tests.ts';
import { type History, type HistoryPart, historyParts, printHistory } from '../domain/history-parts.ts';
import { ChipSet } from './chip-set.tsx';
import { ReadingInputs, readingsOf, type TypedReadings } from './reading-inputs.tsx';
import { StageSection } from './stage-section.tsx';
import { ProblemText, useAct } from './use-act.tsx';
import type { VisitPart } from './visit-part.ts';

type SectionName = 'history' | 'examination' | 'tests';
const titles: Readonly<Record<SectionName, string>> = {
  history: '采集病史',
  examination: '体格检查',
  tests: '辅助检查',
};
const parts = Object.keys(historyParts) as HistoryPart[];

interface Typed {
  readonly history: History;
  readonly text: string;
  readonly readings: TypedReadings;
  readonly orders: readonly string[];
  readonly results: Readonly<Record<string, string>>;
  readonly takenOn: string;
}

/** History, examination and tests: each is saved by itself and may be added to later. */
export function FindingsSections(part: VisitPart) {
  return (
    <>
      <Findings section="history" here={['B1', 'B2']} {...part} />
      <Findings section="examination" here={['B3']} {...part} />
      <Findings section="tests" here={['B4', 'B5']} {...part} />
    </>
  );
}

function Findings(props: VisitPart & { section: SectionName; here: readonly string[] }) {
  const { visit, section, today } = props;
  const first: Typed = { history: {}, text: '', readings: {}, orders: [], results: {}, takenOn: today };
  const [typed, setTyped, drop] = useKept<Typed>(`visit:${visit.visitId}:${section}`, first);
  const act = useAct();
  const { ids, renew } = useWriteIds();
  const due = useMemo(
    () => (props.record ? dueTests(assess(props.record, today).tasks) : new Map<string, string>()),
    [props.record, today],
  );
  const written = visit.path.filter((step) => step.content.section === section);
  const ordered = [
    ...new Set(
      visit.path.flatMap((step) =>
        Array.isArray(step.content.orders) ? (step.content.orders as string[]) : [],
      ),
    ),
  ];
  const save = async () => {
    const done = await act.run(
      () =>
        callApi(recordFindings, {
          params: { visitId: visit.visitId },
          body: {
            operationId: ids.operationId,
            recordId: ids.id,
            version: visit.version,
            section,
            history: typed.history,
            text: typed.text,
            takenOn: typed.takenOn,
            readings: readingsOf(typed.readings),
            orders: [...typed.orders],
            results: Object.entries(typed.results)
              .filter(([, text]) => text.trim() !== '')
              .map(([code, text]) => ({ code, text })),
          },
        }),
      `${titles[section]}已保存`,
    );
    if (!done) return;
    renew();
    drop();
  };
  return (
    <StageSection
      title={titles[section]}
      isHere={visit.status === 'open' && props.here.includes(visit.box)}
      done={written.length > 0 ? `已写 ${written.length} 次` : undefined}
    >
      {written.map((step) => (
        <WrittenFinding key={step.seq} step={step} />
      ))}
      {props.mayTreat && (
        <div data-form style={{ display: 'grid', gap: 10 }}>
          {section === 'history' &&
            parts.map((part) => (
              <div key={part} className="reading">
                <span className="soft">{historyParts[part]}</span>
                <Input.TextArea
                  aria-label={historyParts[part]}
                  autoSize={{ minRows: 1, maxRows: 4 }}
                  maxLength={500}
                  value={typed.history[part] ?? ''}
                  onChange={(event) =>
                    setTyped({ ...typed, history: { ...typed.history, [part]: event.target.value } })
                  }
                />
              </div>
            ))}
          <Input.TextArea
            aria-label={section === 'history' ? '病史补充' : `${titles[section]}所见`}
            autoSize={{ minRows: 1, maxRows: 8 }}
            maxLength={2000}
            placeholder={section === 'history' ? '补充' : '其他所见'}
            value={typed.text}
            onChange={(event) => setTyped({ ...typed, text: event.target.value })}
          />
          {section === 'tests' && (
            <TestOrders
              due={due}
              ordered={ordered}
              orders={typed.orders}
              onOrder={(orders) => setTyped({ ...typed, orders })}
              results={typed.results}
              onResult={(code, text) => setTyped({ ...typed, results: { ...typed.results, [code]: text } })}
            />
          )}
          {section !== 'history' && (
            <>
              <ReadingInputs
                section={section}
                value={typed.readings}
                onChange={(readings) => setTyped({ ...typed, readings })}
              />
              {section === 'tests' && (
                <span className="row small">
                  检查日期
                  <Input
                    aria-label="检查日期"
                    type="date"
                    size="small"
                    max={today}
                    style={{ width: 150 }}
                    value={typed.takenOn}
                    onChange={(event) => setTyped({ ...typed, takenOn: event.target.value })}
                  />
                </span>
              )}
            </>
          )}
          <div className="row">
            <Button type="primary" data-next loading={act.busy} onClick={() => void save()}>
              {section === 'history' ? '保存病史' : `保存${titles[section]}`}
            </Button>
            <ProblemText problem={act.problem} />
          </div>
        </div>
      )}
    </StageSection>
  );
}

function TestOrders(props: {
  due: ReadonlyMap<string, string>;
  ordered: readonly string[];
  orders: readonly string[];
  onOrder: (orders: readonly string[]) => void;
  results: Readonly<Record<string, string>>;
  onResult: (code: string, text: string) => void;
}) {
  const { ordered, orders } = props;
  const dueNow = [...props.due.keys()].filter((code) => !ordered.includes(code));
  const written = orderableTests.filter((one) => one.kinds.length === 0 && ordered.includes(one.code));
  return (
    <>
      {dueNow.length > 0 && (
        <div className="row small">
          <span>靶器官与并发症检查到期：{dueNow.map((code) => props.due.get(code)).join('；')}。</span>
          <Button size="small" onClick={() => props.onOrder([...new Set([...orders, ...dueNow])])}>
            全部开上
          </Button>
        </div>
      )}
      <ChipSet
        label="开检查"
        options={orderableTests.map((one) => ({
          value: one.code,
          label: one.label,
          ...(ordered.includes(one.code)
            ? { mark: '已开' }
            : props.due.has(one.code)
              ? { mark: '到期' }
              : {}),
        }))}
        value={orders}
        onChange={props.onOrder}
      />
      {written.map((one) => (
        <div key={one.code} className="reading">
          <span className="soft">{one.label}</span>
          <Input
            aria-label={`${one.label}结果`}
            maxLength={500}
            value={props.results[one.code] ?? ''}
            onChange={(event) => props.onResult(one.code, event.target.value)}
          />
        </div>
      ))}
    </>
  );
}

function WrittenFinding({ step }: { step: VisitDetail['path'][number] }) {
  const { content } = step;
  const list = <T,>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);
  const label = (code: string) => orderableTests.find((one) => one.code === code)?.label ?? code;
  const lines = [
    printHistory((content.history ?? {}) as History),
    typeof content.text === 'string' ? content.text : '',
    list<{ kind: string; value: number }>(content.readings)
      .map((one) =>
        one.kind === 'bmi'
          ? `体质指数 ${one.value}`
          : `${findReadingKind(one.kind)?.label ?? one.kind} ${one.value} ${findReadingKind(one.kind)?.shown ?? ''}`,
      )
      .join('、'),
    ...list<{ code: string; text: string }>(content.results).map((one) => `${label(one.code)}：${one.text}`),
    list<string>(content.orders).length > 0
      ? `开：${list<string>(content.orders).map(label).join('、')}`
      : '',
  ].filter((one) => one.trim() !== '');
  return (
    <div className="small">
      {lines.join('；')}
      <span className="soft">
        {' '}
        {step.byName} {printInstantTime(step.at)}
      </span>
    </div>
  );
}
