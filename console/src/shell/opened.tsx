import { Drawer, Dropdown, Popover, type MenuProps } from "antd";
import { useState, type ReactElement, type ReactNode } from "react";

/* What only shows when something is pressed: fetched then, not with the first page. */

interface OpenMenuProps {
  menu: MenuProps;
  placement?: "topLeft";
  children: ReactElement;
}

export function OpenMenu({ menu, placement = undefined, children }: OpenMenuProps) {
  const [open, setOpen] = useState(true);
  return (
    <Dropdown
      trigger={["click"]}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is opened to be walked through, and gives the focus back
      autoFocus
      open={open}
      onOpenChange={setOpen}
      menu={menu}
      {...(placement && { placement })}
    >
      {children}
    </Dropdown>
  );
}

interface OpenPopoverProps {
  title: string;
  content: (close: () => void) => ReactNode;
  onClose: () => void;
  children: ReactElement;
}

export function OpenPopover({ title, content, onClose, children }: OpenPopoverProps) {
  const [open, setOpen] = useState(true);
  const change = (shown: boolean) => {
    setOpen(shown);
    if (!shown) onClose();
  };
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={change}
      title={title}
      content={content(() => change(false))}
    >
      {children}
    </Popover>
  );
}

interface SideProps {
  open: boolean;
  onClose: () => void;
  label: string;
  children: ReactNode;
}

/** The navigation on a phone. */
export function Side({ open, onClose, label, children }: SideProps) {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      placement="left"
      size={272}
      closable={false}
      aria-label={label}
      styles={{ body: { padding: 0, background: "var(--counter)" } }}
    >
      {children}
    </Drawer>
  );
}
