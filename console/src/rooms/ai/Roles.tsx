import { useWords } from "@/words";
import type { Found } from "./Models";
import styles from "./Models.module.css";

const ALWAYS = ["fast", "thinking", "vision"] as const;
/** Shown where a model is configured for them. */
const MORE = ["draw", "film", "voice", "embed", "rerank"] as const;

/** Who plays each role, in the order they are asked, and who would if the key were there. */
export function Roles({ found }: { found: Found }) {
  const { models } = useWords();
  const more = MORE.filter((role) => found.items.some((model) => model.roles.includes(role)));
  return (
    <section aria-labelledby="models-roles">
      <h2 id="models-roles" className={styles["heading"]}>
        {models.roles}
      </h2>
      <ul className={`card ${styles["roles"]}`} aria-labelledby="models-roles">
        {[...ALWAYS, ...more].map((role) => {
          const names = found.roles[role] ?? [];
          const keyless = found.items.filter((model) => model.is_keyless && model.roles.includes(role));
          return (
            <li key={role}>
              <h3>{models.roleNames[role]}</h3>
              <p className="muted">{models.roleHints[role]}</p>
              {names.length === 0 ? (
                <p>{models.embedded}</p>
              ) : (
                <ol className={styles["players"]}>
                  {names.map((name) => (
                    <li key={name} className="mono">
                      {name}
                    </li>
                  ))}
                </ol>
              )}
              {names.length > 1 && <p className={styles["small"]}>{models.order}</p>}
              {keyless.map(({ name, key_env: variable }) => (
                <p key={name} className={styles["trouble"]}>
                  {models.keyless(name, variable ?? "")}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
