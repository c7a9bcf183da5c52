import { Button } from 'antd';
import type { CSSProperties, ReactNode } from 'react';

/** Fetches the next page of a list; away where there is none. */
export function MoreButton(props: {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  size?: 'small';
  style?: CSSProperties;
  /** What is shown more of, where it is not simply more. */
  children?: ReactNode;
}) {
  const { list, size = 'middle', style, children = '显示更多' } = props;
  if (!list.hasNextPage) return null;
  return (
    <Button
      size={size}
      loading={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
      {...(style ? { style } : {})}
    >
      {children}
    </Button>
  );
}
