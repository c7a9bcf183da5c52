import { useQuery } from '@tanstack/react-query';
import { ToldList } from '#capabilities/referrals/workbench/told-list.tsx';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure, Loading } from '#platform/browser/design-system/page-states.tsx';
import { printInstantDay } from '#platform/browser/print-instant.ts';
import { showConsultation } from '../contract.ts';
import type { ConsultationSide } from '../domain/consultation-states.ts';

/** What was told of the person when the question was put: the house that is asked sees no more. */
export function ConsultationMore(props: { consultationId: string; side: ConsultationSide }) {
  const { consultationId } = props;
  const one = useQuery({
    queryKey: ['consultations', 'one', consultationId],
    queryFn: () => callApi(showConsultation, { params: { consultationId } }),
  });
  if (one.isPending) return <Loading rows={3} />;
  if (one.isLoadingError) return <Failure error={one.error} onRetry={() => void one.refetch()} />;
  return (
    <div style={{ marginTop: 8 }}>
      <ToldList summary={one.data.summary} />
      <p className="small soft" style={{ margin: '6px 0 0' }}>
        申请时的摘要，之后的变化不在其中。
        {props.side === 'asked' && `本机构可见到 ${printInstantDay(one.data.receiverUntil)}。`}
      </p>
    </div>
  );
}
