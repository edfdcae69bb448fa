import { Button, Tabs } from "antd";
import { Link } from "react-router";
import { useRead } from "@/api/hooks";
import { Choice } from "@/shell/Choice";
import { Page } from "@/shell/Page";
import { Await, Empty } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { useWords } from "@/words";
import { BrandForm } from "./BrandForm";
import { named } from "./looking";
import styles from "./studio.module.css";

/** What things are made with: stages, layouts, and the shop's brand. */
export function Component() {
  const words = useWords();
  const address = useAddress();
  return (
    <Page title={words.kit.title} lead={words.kit.lead}>
      <Tabs
        activeKey={address.get("tab") || "stages"}
        onChange={(tab) => address.set({ tab: tab === "stages" ? null : tab })}
        destroyOnHidden
        items={[
          { key: "stages", label: words.kit.stages, children: <Stages /> },
          { key: "layouts", label: words.kit.layouts, children: <Layouts /> },
          { key: "brand", label: words.kit.brand, children: <BrandForm /> },
        ]}
      />
    </Page>
  );
}

function Stages() {
  const words = useWords();
  const address = useAddress();
  const style = address.get("style");
  const query = useRead("studio.list_stages", style ? { style } : {});
  return (
    <Await query={query}>
      {({ items, styles: all }) =>
        all.length === 0 ? (
          <div className="card">
            <Empty title={words.kit.noStages} hint={words.kit.noStagesHint} />
          </div>
        ) : (
          <>
            <Toolbar>
              <Choice
                label={words.works.style}
                value={style}
                names={{
                  "": words.kit.allStyles,
                  ...Object.fromEntries(all.map((each) => [each, named(words.studio.styles, each)])),
                }}
                onChange={(value) => address.set({ style: value })}
              />
              {style && (
                <Link to={`../studio/new?style=${style}`}>
                  <Button type="primary">{words.kit.makeWith}</Button>
                </Link>
              )}
            </Toolbar>
            <ul className={styles["plates"]} aria-label={words.kit.stages}>
              {items.map((stage) => (
                <li key={stage.id} className={styles["plate"]}>
                  <img src={stage.small_url} alt={stage.name} loading="lazy" />
                  <b>{stage.name}</b>
                  <small className="muted">
                    {named(words.studio.styles, stage.style)} · {named(words.kit.stageKinds, stage.kind)}
                  </small>
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Await>
  );
}

function Layouts() {
  const words = useWords();
  const query = useRead("studio.list_layouts", {});
  return (
    <Await query={query}>
      {({ items }) => (
        <ul className={styles["layouts"]} aria-label={words.kit.layouts}>
          {items.map((layout) => (
            <li key={layout.id} className={`card ${styles["padded"]}`}>
              <h2>{layout.name}</h2>
              <p>{layout.purpose}</p>
              {layout.needs.length > 0 && (
                <p className="muted">
                  {words.kit.needs(layout.needs.map((need) => named(words.kit.needNames, need)).join(", "))}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Await>
  );
}
