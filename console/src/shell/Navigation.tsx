import { NavLink } from "react-router";
import { useWords } from "@/words";
import { AccountMenu } from "./AccountMenu";
import { Bell } from "./Bell";
import { Count } from "./Count";
import styles from "./Navigation.module.css";
import { SearchOutlined } from "./icons";
import { GROUPS } from "./rooms";
import { Seal } from "./Seal";
import { ShopSwitcher } from "./ShopSwitcher";
import { usePlaces } from "./usePlaces";
import { useShopId } from "./useShopId";

interface NavigationProps {
  onFind: () => void;
  onLeave?: () => void;
}

/** The counter at the side: mark, shop, search, places, account. */
export function Navigation({ onFind, onLeave }: NavigationProps) {
  const words = useWords();
  const shop = useShopId();
  const places = usePlaces();
  return (
    <div className={styles["navigation"]}>
      <div className={styles["brand"]}>
        <Seal size={30} />
        <span className={styles["name"]}>{words.product}</span>
        <span className={styles["latin"]}>{words.productLatin}</span>
        <span className={styles["bell"]}>
          <Bell />
        </span>
      </div>
      <ShopSwitcher />
      <button type="button" className={styles["find"]} onClick={onFind}>
        <SearchOutlined />
        <span>{words.find.open}</span>
        <kbd aria-hidden="true">{words.find.shortcut(isApple() ? "⌘" : "Ctrl")}</kbd>
      </button>
      <nav aria-label={words.nav.label} className={styles["places"]}>
        {GROUPS.map((group) => (
          <div key={group.name} className={styles["group"]}>
            <p className={styles["groupName"]} id={`nav-${group.name}`}>
              {group.label(words)}
            </p>
            <ul aria-labelledby={`nav-${group.name}`}>
              {places
                .filter((place) => place.group === group.name)
                .map(({ path, icon, label, useCount }) => (
                  <li key={path}>
                    <NavLink to={`/shops/${shop}/${path}`} className={styles["place"] ?? ""} onClick={onLeave}>
                      {icon}
                      <span>{label(words)}</span>
                      {useCount && <Count useCount={useCount} />}
                    </NavLink>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      <AccountMenu />
    </div>
  );
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
