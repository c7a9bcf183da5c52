import { useQuery } from '@tanstack/react-query';
import { Button, Image } from 'antd';
import { useState } from 'react';
import { callApi } from '#platform/browser/api-client.ts';
import { Failure } from '#platform/browser/design-system/page-states.tsx';
import { listVisitPhotos, showVisitPhoto } from '../photo-contract.ts';

/** Photos taken at a visit. A photo is fetched when somebody asks for it: each look is written into the trail. */
export function VisitPhotos({ visitId }: { visitId: string }) {
  const [isShown, setShown] = useState(false);
  const photos = useQuery({
    queryKey: ['visit-photos', visitId],
    queryFn: () => callApi(listVisitPhotos, { params: { visitId } }),
  });
  if (photos.isLoadingError) return <Failure error={photos.error} onRetry={() => void photos.refetch()} />;
  const items = photos.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label="随访照片">
      <h2 style={{ fontSize: 14, margin: '14px 0 6px' }}>照片（{items.length} 张）</h2>
      {isShown ? (
        <div className="row" style={{ flexWrap: 'wrap', gap: 8 }}>
          {items.map((photo, at) => (
            <Image
              key={photo.photoId}
              width={220}
              src={showVisitPhoto.path.replace(':photoId', photo.photoId)}
              alt={`随访照片 ${at + 1}，${photo.recordedByName} 拍摄`}
            />
          ))}
        </div>
      ) : (
        <Button size="small" onClick={() => setShown(true)}>
          查看照片（查看会留下记录）
        </Button>
      )}
    </section>
  );
}
