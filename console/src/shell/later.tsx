import type { MenuProps } from "antd";
import { lazy, Suspense, useState, type ComponentType, type ReactElement } from "react";

const opened = () => import("./opened");

/** A menu under a button. What draws it is fetched when somebody reaches for the button. */
export function MenuLater({ menu, placement, children }: MenuLaterProps) {
  return (
    <Later
      what={Menu}
      given={{ menu, ...(placement && { placement }) }}
      button={children}
    />
  );
}

interface MenuLaterProps {
  menu: MenuProps;
  placement?: "topLeft";
  children: ReactElement;
}

const Menu = lazy(async () => ({ default: (await opened()).OpenMenu }));

interface LaterProps<Given extends object> {
  /** Opens at once, and stays around the button from then on. */
  what: ComponentType<Given & { children: ReactElement }>;
  given: Given;
  button: ReactElement;
}

/** Until its first click a button stands alone; being looked at or pointed at fetches what it opens. */
export function Later<Given extends object>({ what: What, given, button }: LaterProps<Given>) {
  const [wanted, setWanted] = useState(false);
  if (!wanted) {
    return (
      // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- the button within is what is pressed
      <span className="through" onPointerEnter={opened} onFocus={opened} onClick={() => setWanted(true)}>
        {button}
      </span>
    );
  }
  return (
    <Suspense fallback={button}>
      <What {...given}>{button}</What>
    </Suspense>
  );
}
