import { App, Button, Input, Modal, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useChange, useRead } from "@/api/hooks";
import settings from "@/rooms/base/settings.module.css";
import { Notice } from "@/shell/Notice";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";

interface Chosen {
  id: string;
  nick: string;
}

/** Forgets a buyer at their wish; the nick is typed, since there is no way back. */
export function Component() {
  const words = useWords();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [asking, setAsking] = useState(false);
  const buyers = useRead("shop.list_buyers", { q: useDeferredValue(text), size: 20 });
  const found = (buyers.data?.items ?? []).filter(({ id }) => id !== chosen?.id);
  const options = [...(chosen ? [chosen] : []), ...found].map(({ id, nick }) => ({ value: id, label: nick }));
  return (
    <section className={settings["panel"]} aria-labelledby="erase">
      <div className={`card ${settings["box"]}`}>
        <h2 id="erase">{words.erasing.title}</h2>
        <p className="muted">{words.erasing.lead}</p>
        <div className={settings["stack"]}>
          <Select
            aria-label={words.erasing.pick}
            placeholder={words.erasing.pick}
            showSearch={{ filterOption: false, onSearch: setText }}
            allowClear
            value={chosen?.id ?? null}
            options={options}
            onChange={(_, option) => {
              const one = Array.isArray(option) ? option[0] : option;
              setChosen(one ? { id: one.value, nick: one.label } : null);
            }}
          />
          <div>
            <Button danger disabled={!chosen} onClick={() => setAsking(true)}>
              {words.erasing.open}
            </Button>
          </div>
        </div>
      </div>
      {chosen && asking && (
        <Confirm
          buyer={chosen}
          onClose={(erased) => {
            setAsking(false);
            if (erased) setChosen(null);
          }}
        />
      )}
    </section>
  );
}

function Confirm({ buyer, onClose }: { buyer: Chosen; onClose: (erased: boolean) => void }) {
  const words = useWords();
  const format = useFormat();
  const { message } = App.useApp();
  const erase = useChange("shop.erase_buyer");
  const [typed, setTyped] = useState("");
  const go = () =>
    erase.mutate(
      { buyer_id: buyer.id, nick: typed.trim() },
      {
        onSuccess: ({ orders }) => {
          void message.success(words.erasing.done(format.count(orders)));
          onClose(true);
        },
      },
    );
  return (
    <Modal
      open
      title={words.erasing.ask(buyer.nick)}
      okText={words.erasing.open}
      cancelText={words.common.cancel}
      okButtonProps={{ danger: true, disabled: typed.trim() !== buyer.nick.trim() }}
      confirmLoading={erase.isPending}
      onOk={go}
      onCancel={() => onClose(false)}
    >
      <div className={settings["stack"]}>
        <p>{words.erasing.warns}</p>
        <Notice error={erase.error} />
        <Input
          aria-label={words.erasing.type}
          placeholder={words.erasing.type}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
    </Modal>
  );
}
