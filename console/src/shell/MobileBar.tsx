import { MenuOutlined } from "@/shell/icons";
import { NavLink } from "react-router";
import { useWords } from "@/words";
import styles from "./MobileBar.module.css";
import { GROUPS, ON_PHONE } from "./places";
import { useShopId } from "./useShopId";

const places = GROUPS.flatMap((group) => group.places);

/** The bar at the bottom of a phone's screen. */
export function MobileBar({ onMore }: { onMore: () => void }) {
  const words = useWords();
  const shop = useShopId();
  return (
    <nav className={styles["bar"]} aria-label={words.nav.label}>
      {ON_PHONE.map((name) => (
        <NavLink key={name} to={`/shops/${shop}/${name}`} className={styles["place"] ?? ""}>
          {places.find((place) => place.name === name)?.icon}
          <span>{words.nav[name]}</span>
        </NavLink>
      ))}
      <button type="button" className={styles["place"]} onClick={onMore} aria-label={words.nav.open}>
        <MenuOutlined />
        <span>{words.nav.more}</span>
      </button>
    </nav>
  );
}
