import { Link } from "react-router";
import { useSession } from "@/api/hooks";
import { useWords } from "@/words";
import styles from "./People.module.css";

/** A password, colleagues, and when people answer. */
export function Component() {
  const words = useWords();
  const { data } = useSession();
  return (
    <ul className={styles["people"]}>
      {data?.setup_needed && (
        <li>
          <Link to="/set-up">{words.guide.password}</Link> <span className="muted">{words.guide.passwordHint}</span>
        </li>
      )}
      <li>
        <Link to="../settings?tab=team">{words.guide.team}</Link> <span className="muted">{words.guide.teamHint}</span>
      </li>
      <li>
        <Link to="../settings?tab=service">{words.guide.hours}</Link>{" "}
        <span className="muted">{words.guide.hoursHint}</span>
      </li>
    </ul>
  );
}
