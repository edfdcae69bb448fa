import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useRead } from "@/api/hooks";
import { useAddress } from "@/shell/useAddress";
import { useNarrow } from "@/shell/useMedia";
import { useWords } from "@/words";
import styles from "./Ask.module.css";

/** What the channel knows when a shopper writes: all of it may be left open. */
export function Context() {
  const words = useWords();
  const narrow = useNarrow();
  const [text, setText] = useState({ product: "", order: "", buyer: "" });
  const q = useDeferredValue(text);
  const products = useRead("shop.list_products", { q: q.product, size: 20 });
  const orders = useRead("shop.list_orders", { q: q.order, size: 20 });
  const buyers = useRead("shop.list_buyers", { q: q.buyer, size: 20 });
  const pickers = (
    <>
      <Picker
        name="product"
        label={words.ask.product}
        options={products.data?.items.map(({ id, title }) => ({ value: id, label: title || id }))}
        onSearch={(product) => setText({ ...text, product })}
      />
      <Picker
        name="order"
        label={words.ask.order}
        options={orders.data?.items.map(({ id, title }) => ({ value: id, label: `${id} ${title}` }))}
        onSearch={(order) => setText({ ...text, order })}
      />
      <Picker
        name="buyer"
        label={words.ask.buyer}
        options={buyers.data?.items.map(({ nick }) => ({ value: nick, label: nick }))}
        onSearch={(buyer) => setText({ ...text, buyer })}
      />
    </>
  );
  if (narrow) {
    return (
      <details className={styles["context"]}>
        <summary>{words.ask.context}</summary>
        <div className={styles["context"]}>{pickers}</div>
      </details>
    );
  }
  return (
    <aside className={styles["context"]} aria-labelledby="ask-context">
      <h2 id="ask-context">{words.ask.context}</h2>
      <p className="muted">{words.ask.contextHint}</p>
      {pickers}
    </aside>
  );
}

interface PickerProps {
  name: "product" | "order" | "buyer";
  label: string;
  options: { value: string; label: string }[] | undefined;
  onSearch: (text: string) => void;
}

function Picker({ name, label, options, onSearch }: PickerProps) {
  const words = useWords();
  const address = useAddress();
  const chosen = address.get(name);
  return (
    <div>
      <label htmlFor={`ask-${name}`}>{label}</label>
      <Select
        id={`ask-${name}`}
        style={{ width: "100%" }}
        allowClear
        showSearch={{ filterOption: false, onSearch }}
        placeholder={words.ask.any}
        value={chosen || null}
        options={options ?? []}
        loading={!options}
        onChange={(value: string | null | undefined) => address.set({ [name]: value ?? null })}
      />
    </div>
  );
}
