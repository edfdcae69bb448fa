import { Link } from "react-router";
import { useSession } from "@/api/hooks";
import { useWords } from "@/words";
import styles from "./SetupBanner.module.css";

/** Reminds whoever came by a one-time link that there is no password yet. */
export function SetupBanner() {
  const words = useWords();
  const { data } = useSession();
  if (!data?.setup_needed) return null;
  return (
    <p className={styles["banner"]}>
      {words.setup.banner} <Link to="/set-up">{words.setup.bannerAction}</Link>
    </p>
  );
}
