import { MenuOutlined } from "@/shell/icons";
import { NavLink } from "react-router";
import { useWords } from "@/words";
import { Count } from "./Count";
import styles from "./MobileBar.module.css";
import { PLACES } from "./rooms";
import { useShopId } from "./useShopId";

const places = PLACES.filter(({ onPhone }) => onPhone);

/** The bar at the bottom of a phone's screen. */
export function MobileBar({ onMore }: { onMore: () => void }) {
  const words = useWords();
  const shop = useShopId();
  return (
    <nav className={styles["bar"]} aria-label={words.nav.label}>
      {places.map(({ path, icon, label, useCount }) => (
        <NavLink key={path} to={`/shops/${shop}/${path}`} className={styles["place"] ?? ""}>
          {icon}
          <span>{label(words)}</span>
          {useCount && <Count useCount={useCount} />}
        </NavLink>
      ))}
      <button type="button" className={styles["place"]} onClick={onMore} aria-label={words.nav.open}>
        <MenuOutlined />
        <span>{words.nav.more}</span>
      </button>
    </nav>
  );
}
