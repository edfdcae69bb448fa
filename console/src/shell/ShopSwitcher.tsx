import { PlusOutlined, ShopOutlined, SwapOutlined } from "@/shell/icons";
import { useNavigate } from "react-router";
import { useSession } from "@/api/hooks";
import { useWords } from "@/words";
import { MenuLater } from "./later";
import styles from "./ShopSwitcher.module.css";
import { useShopId } from "./useShopId";

/** Which shop this is, and the way to another or a new one. */
export function ShopSwitcher() {
  const words = useWords();
  const navigate = useNavigate();
  const shop = useShopId();
  const shops = useSession().data?.shops ?? [];
  const name = shops.find(({ id }) => id === shop)?.name ?? shop;
  return (
    <MenuLater
      menu={{
        selectedKeys: [shop],
        items: [
          ...shops.map(({ id, name: label }) => ({ key: id, label, icon: <ShopOutlined /> })),
          { type: "divider" as const },
          { key: "/new-shop", label: words.nav.newShop, icon: <PlusOutlined /> },
        ],
        onClick: ({ key }) =>
          void navigate(key === "/new-shop" ? key : `/shops/${encodeURIComponent(key)}/overview`),
      }}
    >
      <button type="button" className={styles["switcher"]} aria-label={`${words.nav.switchShop}: ${name}`}>
        <span className={styles["name"]}>{name}</span>
        <SwapOutlined />
      </button>
    </MenuLater>
  );
}
