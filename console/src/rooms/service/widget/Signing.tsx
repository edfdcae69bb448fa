import { App, Button } from "antd";
import { useChange } from "@/api/hooks";
import { Secret } from "@/rooms/base/Secret";
import settings from "@/rooms/base/settings.module.css";
import { EyeInvisibleOutlined, EyeOutlined } from "@/shell/icons";
import { Notice } from "@/shell/Notice";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import { SAMPLES, SIGNED } from "./samples";
import { useWidget } from "./useWidget";
import styles from "./widget.module.css";

/** For owners: how the shop's server says who a shopper is, and a new key. */
export function Component() {
  const words = useWords();
  const query = useWidget();
  return (
    <>
      <section className={settings["panel"]} aria-labelledby="signing">
        <div className={`card ${styles["box"]}`}>
          <h2 id="signing">{words.widget.signing}</h2>
          <p className="muted">{words.widget.signingLead}</p>
          <Await query={query} rows={2}>
            {/* A new key has a secret of its own. */}
            {({ key }) => <Revealed key={key} />}
          </Await>
          <Samples />
        </div>
      </section>
      <Rotate />
    </>
  );
}

function Revealed() {
  const words = useWords();
  const reveal = useChange("service.widget_secret", { shownBy: [] });
  return (
    <div className={settings["stack"]}>
      <Notice error={reveal.error} />
      {reveal.data ? (
        <>
          <Secret text={reveal.data.secret} />
          <div>
            <Button size="small" icon={<EyeInvisibleOutlined />} onClick={reveal.reset}>
              {words.widget.hide}
            </Button>{" "}
            <small className="muted">{words.widget.revealed}</small>
          </div>
        </>
      ) : (
        <div>
          <Button icon={<EyeOutlined />} loading={reveal.isPending} onClick={() => reveal.mutate({})}>
            {words.widget.reveal}
          </Button>{" "}
          <small className="muted">{words.widget.revealHint}</small>
        </div>
      )}
    </div>
  );
}

function Samples() {
  const words = useWords();
  return (
    <details className={styles["samples"]}>
      <summary>{words.widget.samples}</summary>
      <p>{words.widget.samplesLead}</p>
      {SAMPLES.map(({ name, code }) => (
        <div key={name}>
          <h3>{name}</h3>
          <pre className={settings["given"]}>{code}</pre>
        </div>
      ))}
      <p>{words.widget.signedLead}</p>
      <pre className={settings["given"]}>{SIGNED}</pre>
    </details>
  );
}

function Rotate() {
  const words = useWords();
  const tell = useTellProblem();
  const { modal, message } = App.useApp();
  const rotate = useChange("service.rotate_widget_key");
  const ask = () =>
    modal.confirm({
      title: words.widget.rotateAsk,
      content: words.widget.rotateHint,
      okText: words.widget.rotate,
      okButtonProps: { danger: true },
      onOk: () =>
        rotate
          .mutateAsync({})
          .then(() => message.success(words.widget.rotated))
          .catch(tell),
    });
  return (
    <section className={settings["panel"]} aria-labelledby="rotate">
      <div className={`card ${styles["box"]}`}>
        <h2 id="rotate">{words.widget.rotateTitle}</h2>
        <p className="muted">{words.widget.rotateLead}</p>
        <div className={settings["stack"]}>
          <div>
            <Button danger onClick={ask}>
              {words.widget.rotate}
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}
