import { KeyOutlined } from "@/shell/icons";
import { App, Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useChange, useRead } from "@/api/hooks";
import { Await, Empty } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./settings.module.css";

const NewKey = lazy(async () => ({ default: (await import("./NewKey")).NewKey }));

/** Keys by which other programs call in. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const query = useRead("base.list_keys", {});
  const revoke = useChange("base.revoke_key");
  const [making, setMaking] = useState(false);
  const askRevoke = (id: string, name: string) =>
    modal.confirm({
      title: words.settings.revokeAsk(name),
      content: words.settings.revokeHint,
      okText: words.settings.revoke,
      okButtonProps: { danger: true },
      onOk: () =>
        revoke
          .mutateAsync({ key_id: id })
          .then(() => message.success(words.settings.revoked))
          .catch(tell),
    });
  return (
    <section className={styles["panel"]}>
      <div className={styles["between"]}>
        <p className="muted">{words.settings.keysLead}</p>
        <Button type="primary" icon={<KeyOutlined />} onClick={() => setMaking(true)}>
          {words.settings.newKey}
        </Button>
      </div>
      <div className="card">
        <Await query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.settings.keysEmpty} hint={words.settings.keysEmptyHint} />
            ) : (
              <ul className={styles["rows"]}>
                {items.map((key) => (
                  <li key={key.id}>
                    <span className={styles["grow"]}>
                      {key.name}
                      <small className="muted">
                        {words.common.roles[key.role]} · {words.settings.created} {format.day(key.created_at)} ·{" "}
                        {words.settings.lastUsed}{" "}
                        {key.used_at ? format.time(key.used_at) : words.settings.never}
                      </small>
                    </span>
                    <Button type="text" danger onClick={() => askRevoke(key.id, key.name)}>
                      {words.settings.revoke}
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Await>
      </div>
      <Suspense fallback={null}>{making && <NewKey onClose={() => setMaking(false)} />}</Suspense>
    </section>
  );
}
