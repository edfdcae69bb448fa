import { NavLink } from "react-router";
import { useWords } from "@/words";
import { AccountMenu } from "./AccountMenu";
import styles from "./Navigation.module.css";
import { GROUPS } from "./places";
import { Seal } from "./Seal";
import { ShopSwitcher } from "./ShopSwitcher";
import { useShopId } from "./useShopId";

/** The counter at the side: mark, shop, places, account. */
export function Navigation({ onLeave }: { onLeave?: () => void }) {
  const words = useWords();
  const shop = useShopId();
  return (
    <div className={styles["navigation"]}>
      <div className={styles["brand"]}>
        <Seal size={30} />
        <span className={styles["name"]}>{words.product}</span>
        <span className={styles["latin"]}>{words.productLatin}</span>
      </div>
      <ShopSwitcher />
      <nav aria-label={words.nav.label} className={styles["places"]}>
        {GROUPS.map((group) => (
          <div key={group.name} className={styles["group"]}>
            <p className={styles["groupName"]} id={`nav-${group.name}`}>
              {words.nav.groups[group.name]}
            </p>
            <ul aria-labelledby={`nav-${group.name}`}>
              {group.places.map(({ name, icon }) => (
                <li key={name}>
                  <NavLink
                    to={`/shops/${shop}/${name}`}
                    className={styles["place"] ?? ""}
                    onClick={onLeave}
                  >
                    {icon}
                    <span>{words.nav[name]}</span>
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
