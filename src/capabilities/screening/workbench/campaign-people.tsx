import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { sheetOf } from '#capabilities/enrollment/workbench/course-words.ts';
import { callApi } from '#platform/browser/api-client.ts';
import { MoreButton } from '#platform/browser/design-system/more-button.tsx';
import { Empty, Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { StateTag } from '#platform/browser/design-system/state-tag.tsx';
import { useActor } from '#platform/browser/session.tsx';
import { usePages } from '#platform/browser/use-pages.ts';
import { mayDo } from '#standards/access-policy.ts';
import type { EndpointResponse } from '#standards/endpoint.ts';
import { printSex } from '#standards/identity/print-sex.ts';
import { type CampaignPerson, listCampaignPeople, type showCampaign } from '../contract.ts';
import { AttemptDialog } from './attempt-dialog.tsx';
import { outcomeWords } from './campaign-words.ts';

const choices = [
  ['open', '未筛'],
  ['absent', '未见'],
  ['suspected', '疑似'],
  ['high-risk', '高危'],
  ['normal', '正常'],
  ['refused', '拒绝'],
  ['all', '全部'],
] as const;

/** The people of a campaign in a place, household after household, with what to do for each. */
export function CampaignPeople({ shown }: { shown: EndpointResponse<typeof showCampaign> }) {
  const [outcome, setOutcome] = useState<(typeof choices)[number][0]>('open');
  const [missed, setMissed] = useState<CampaignPerson>();
  const people = usePages({
    queryKey: ['campaign', shown.id, 'people', shown.place.id, outcome],
    read: (cursor) =>
      callApi(listCampaignPeople, {
        params: { campaignId: shown.id },
        query: { organizationId: shown.place.id, outcome, limit: 30, cursor },
      }),
  });
  const items = people.data?.items ?? [];
  return (
    <section>
      <div className="row" style={{ marginBottom: 10 }}>
        {choices.map(([key, label]) => (
          <button
            key={key}
            type="button"
            className="choice"
            aria-pressed={outcome === key}
            onClick={() => setOutcome(key)}
          >
            {label}
          </button>
        ))}
      </div>
      {people.isPending && <Loading rows={6} />}
      {people.isLoadingError && <Failure error={people.error} onRetry={() => void people.refetch()} />}
      {people.data && items.length === 0 && <Empty title="这里没有人" />}
      {items.length > 0 && (
        <div className="card" style={{ padding: 0 }}>
          {items.map((person) => (
            <Line key={person.residentId} person={person} shown={shown} onMissed={() => setMissed(person)} />
          ))}
        </div>
      )}
      <MoreButton list={people} style={{ marginTop: 10 }} />
      {missed && <AttemptDialog campaignId={shown.id} person={missed} onClose={() => setMissed(undefined)} />}
    </section>
  );
}

function Line(props: {
  person: CampaignPerson;
  shown: EndpointResponse<typeof showCampaign>;
  onMissed: () => void;
}) {
  const { person, shown } = props;
  const mayWrite = mayDo(useActor().role, 'screenings.write') && shown.status === 'running';
  const isOpen = person.outcome === null || person.outcome === 'absent' || person.outcome === 'refused';
  return (
    <div className="work-line episode-line">
      {person.outcome ? (
        <StateTag state={outcomeWords[person.outcome].sign}>{outcomeWords[person.outcome].label}</StateTag>
      ) : (
        <StateTag state="plain">未筛</StateTag>
      )}
      <div>
        <Link to="/residents/$residentId" params={{ residentId: person.residentId }}>
          <b>{person.name}</b>
        </Link>{' '}
        {printSex(person.sex)} {person.ageYears} 岁<div className="small soft">{person.organizationName}</div>
      </div>
      <div className="small">
        {person.reasons.map((reason) => reason.text).join('')}
        <div className="soft">
          {[person.address, person.phone].filter(Boolean).join(' · ')}
          {person.attempts > 0 && ` · 上门未成 ${person.attempts} 次，最近 ${person.lastAttemptOn}`}
          {person.doneOn && !isOpen && ` · 筛查于 ${person.doneOn}`}
        </div>
      </div>
      <div className="row" style={{ gap: 6, justifyContent: 'flex-end' }}>
        {mayWrite && isOpen && (
          <>
            <Link
              to="/residents/$residentId/screening/$form"
              params={{ residentId: person.residentId, form: sheetOf[shown.target.condition] }}
              search={{ campaignId: shown.id }}
            >
              <Button size="small" type="primary">
                填筛查表
              </Button>
            </Link>
            <Button size="small" onClick={props.onMissed}>
              未见
            </Button>
          </>
        )}
        {person.recordId && (
          <Link
            to="/residents/$residentId/records/$recordId"
            params={{ residentId: person.residentId, recordId: person.recordId }}
          >
            <Button size="small">看筛查表</Button>
          </Link>
        )}
      </div>
    </div>
  );
}
