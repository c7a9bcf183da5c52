import { Button, Dropdown } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ExportDoor } from '#standards/privacy/export-doors.ts';
import { ExportDialog } from './export-dialog.tsx';

/** A file with residents' data; without a door it holds none and is fetched at once. */
export interface ExportItem {
  readonly label: string;
  readonly href: string;
  readonly door?: ExportDoor;
}

/** A button whose menu hands out files; what they are for is asked first. */
export function ExportMenu(props: { items: readonly ExportItem[]; size?: 'small' }) {
  const [asked, setAsked] = useState<{ href: string; door: ExportDoor }>();
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: props.items.map(({ label, href, door }) =>
            door
              ? { key: href, label, onClick: () => setAsked({ href, door }) }
              : {
                  key: href,
                  label: (
                    <a href={href} download>
                      {label}
                    </a>
                  ),
                },
          ),
        }}
      >
        <Button size={props.size ?? 'middle'}>导出</Button>
      </Dropdown>
      {asked && <ExportDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

/** A button that hands out one file with residents' data, after asking what it is for. */
export function ExportButton(props: { href: string; door: ExportDoor; children: ReactNode }) {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button onClick={() => setAsks(true)}>{props.children}</Button>
      {asks && <ExportDialog href={props.href} door={props.door} onClose={() => setAsks(false)} />}
    </>
  );
}
