import { Button, Dropdown } from 'antd';

/** A button whose menu downloads files. */
export function ExportMenu(props: {
  items: readonly { readonly label: string; readonly href: string }[];
  size?: 'small';
}) {
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: props.items.map(({ label, href }) => ({
          key: href,
          label: (
            <a href={href} download>
              {label}
            </a>
          ),
        })),
      }}
    >
      <Button size={props.size ?? 'middle'}>导出</Button>
    </Dropdown>
  );
}
