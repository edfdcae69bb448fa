import { App } from "antd";
import { useEffect, useRef, useState } from "react";
import { useChange } from "@/api/hooks";
import { Panel } from "@/shell/Panel";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { setupOf, type Chosen, type Picks, type Prices } from "./setup";
import { ChooseRoles } from "./SetupRoles";
import { ChooseServer } from "./SetupServer";
import { TrySetup } from "./SetupTrial";
import styles from "./Setup.module.css";

const STEPS = ["server", "roles", "trial"] as const;

/** Brings a server's models: which server, who does what, and a trial before anything is written. */
export function SetupPanel({ onClose }: { onClose: () => void }) {
  const { seam } = useWords();
  return (
    <Panel open title={seam.bring} onClose={onClose}>
      <Steps onClose={onClose} />
    </Panel>
  );
}

function Steps({ onClose }: { onClose: () => void }) {
  const { seam } = useWords();
  const { message } = App.useApp();
  const format = useFormat();
  const [step, setStep] = useState(0);
  const [chosen, setChosen] = useState<Chosen>();
  const [key, setKey] = useState("");
  const [picks, setPicks] = useState<Picks>({});
  const [prices, setPrices] = useState<Prices>({});
  const [films, setFilms] = useState(false);
  const tries = useChange("ai.try_setup", { shownBy: ["ai.usage", "ai.calls"] });
  const saves = useChange("ai.save_setup");
  const body = useRef<HTMLElement>(null);
  const name = STEPS[step] ?? "server";
  // Who goes on by keyboard, or is read to, is at the new step and not at what is gone.
  useEffect(() => {
    if (step > 0) body.current?.focus();
  }, [step]);
  const attempt = () => {
    if (!chosen) return;
    saves.reset();
    setStep(2);
    tries.mutate(setupOf(chosen, key, picks, prices, films));
  };
  const write = () => {
    if (!chosen || !tries.data) return;
    const { is_well: isWell, proof } = tries.data;
    saves.mutate(
      { ...setupOf(chosen, key, picks, prices, films), proof, anyway: !isWell },
      {
        onSuccess: ({ is_written: isWritten, path }) => {
          if (!isWritten) return;
          void message.success(seam.wrote(path));
          onClose();
        },
      },
    );
  };
  return (
    <>
      <ol className={styles["steps"]}>
        {STEPS.map((each, index) => (
          <li key={each} {...(index === step && { "aria-current": "step" as const })}>
            <span className={styles["number"]} aria-hidden="true">
              {format.count(index + 1)}
            </span>
            {seam.steps[each]}
          </li>
        ))}
      </ol>
      <section
        ref={body}
        tabIndex={-1}
        aria-label={seam.stepOf(format.count(step + 1), format.count(STEPS.length), seam.steps[name])}
        className={styles["stack"]}
      >
        {name === "server" && (
          <ChooseServer
            typed={key}
            onChosen={(server, typed) => {
              setChosen(server);
              setKey(typed);
              setPicks(server.usual);
              setPrices({});
              setStep(1);
            }}
          />
        )}
        {name === "roles" && chosen && (
          <ChooseRoles
            chosen={chosen}
            picks={picks}
            prices={prices}
            films={films}
            onPick={setPicks}
            onPrice={setPrices}
            onFilms={setFilms}
            onBack={() => setStep(0)}
            onNext={attempt}
          />
        )}
        {name === "trial" && (
          <TrySetup tries={tries} saves={saves} onBack={() => setStep(1)} onAgain={attempt} onWrite={write} />
        )}
      </section>
    </>
  );
}
