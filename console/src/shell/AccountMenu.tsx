import { EllipsisOutlined } from "@/shell/icons";
import type { MenuProps } from "antd";
import { useNavigate } from "react-router";
import { client, unwrap } from "@/api/client";
import { sessionChanged, useSession } from "@/api/hooks";
import { useWords } from "@/words";
import { speak } from "@/words/speak";
import styles from "./AccountMenu.module.css";
import { MenuLater } from "./later";
import { setPreferences, usePreferences, type Language, type Theme } from "./preferences";
import { useTellProblem } from "./useProblem";
import { useShopId } from "./useShopId";

/** Who is signed in, their language and theme, and the way out. */
export function AccountMenu() {
  const words = useWords();
  const shop = useShopId();
  const navigate = useNavigate();
  const tell = useTellProblem();
  const { language, theme } = usePreferences();
  const user = useSession().data?.user;
  const name = user?.name || user?.email || words.nav.account;

  const signOut = async () => {
    try {
      unwrap(await client.POST("/api/auth/sign-out"));
      await sessionChanged();
      await navigate("/sign-in");
    } catch (error) {
      tell(error);
    }
  };
  const items: MenuProps["items"] = [
    {
      type: "group",
      label: words.language,
      children: (["zh", "en"] as const).map((key) => ({
        key: `language:${key}`,
        label: <span lang={key}>{words.languages[key]}</span>,
      })),
    },
    {
      type: "group",
      label: words.theme,
      children: (["light", "dark", "system"] as const).map((key) => ({
        key: `theme:${key}`,
        label: words.themes[key],
      })),
    },
    { type: "divider" },
    { key: "guide", label: words.guide.title },
    { key: "account", label: words.settings.account },
    { key: "sign-out", label: words.nav.signOut },
  ];
  const onClick: MenuProps["onClick"] = ({ key }) => {
    const [kind, value] = key.split(":");
    if (kind === "language") void speak(value as Language).catch(tell);
    else if (kind === "theme") setPreferences({ theme: value as Theme });
    else if (kind === "guide") void navigate(`/shops/${shop}/start`);
    else if (kind === "account") void navigate(`/shops/${shop}/settings?tab=account`);
    else void signOut();
  };
  return (
    <MenuLater
      placement="topLeft"
      menu={{ items, onClick, selectedKeys: [`language:${language}`, `theme:${theme}`] }}
    >
      <button type="button" className={styles["account"]} title={words.nav.account}>
        <span className={styles["initial"]} data-initial={[...name][0]} />
        <span className={styles["name"]}>{name}</span>
        <EllipsisOutlined />
      </button>
    </MenuLater>
  );
}
