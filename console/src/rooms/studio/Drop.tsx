import { App, Button } from "antd";
import { useRef, useState, type ChangeEvent } from "react";
import { fromDrop, fromPicker, type Gathered } from "@/rooms/shop/gather";
import { FileAddOutlined } from "@/shell/icons";
import { useDropping } from "@/shell/useDropping";
import { useTellProblem } from "@/shell/useProblem";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { sendPictures } from "./sending";
import styles from "./studio.module.css";

interface DropProps {
  /** Whose the pictures are; told by their names where left out. */
  productId?: string;
  title: string;
  hint: string;
}

/** Where base pictures are dropped. */
export function Drop({ productId, title, hint }: DropProps) {
  const words = useWords();
  const format = useFormat();
  const shop = useShopId();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  const send = async (files: Gathered[]) => {
    if (files.length === 0) return;
    setBusy(true);
    try {
      const { pictures, refused } = await sendPictures(shop, files, productId);
      if (pictures > 0) void message.success(words.making.added(format.count(pictures)));
      const [first] = refused;
      if (first) void message.warning(words.making.refused(format.count(refused.length), first.reason), 8);
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  const { over, place } = useDropping(async (event) => {
    event.preventDefault();
    await send(await fromDrop(event.dataTransfer));
  });
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const files = event.target.files ? fromPicker(event.target.files) : [];
    event.target.value = "";
    void send(files);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping has no key; the button does the same
    <section
      className={`${styles["drop"]} ${over ? styles["over"] : ""}`}
      aria-label={title}
      aria-busy={busy}
      {...place}
    >
      <div>
        <p className={styles["dropTitle"]}>{busy ? words.making.sending : title}</p>
        <p className="muted">{hint}</p>
      </div>
      <Button icon={<FileAddOutlined />} loading={busy} onClick={() => picker.current?.click()}>
        {words.making.pick}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept=".jpg,.jpeg,.png,.webp,.zip"
        data-testid={productId ? "frames" : "many-frames"}
        onChange={pick}
      />
    </section>
  );
}
