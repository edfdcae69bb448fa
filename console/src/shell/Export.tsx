import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { download } from "@/api/download";
import type { paths } from "@/api/schema";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { fileOf, FILES, type FileKind } from "./exporting";
import { DownloadOutlined, PrinterOutlined } from "./icons";
import styles from "./Records.module.css";
import { useTellProblem } from "./useProblem";
import { useShopId } from "./useShopId";

type Exports = "/api/shops/{shop_id}/exports/";
/** The tables that the server gives as files. */
export type Exportable = { [P in keyof paths]: P extends `${Exports}${infer Table}` ? Table : never }[keyof paths];

interface ExportProps {
  table: Exportable;
  /** What narrows the list, by the names of its tool. */
  given?: Record<string, string | boolean | undefined>;
  /** Other forms of the same list, under names of their own. */
  forms?: readonly Form[];
  /** What is to be known of these forms. */
  formsHint?: string;
}

interface Form {
  table: Exportable;
  kind: FileKind;
  label: string;
}

const NONE: readonly Form[] = [];

/** Takes a whole list away as a file, narrowed as it is on screen; or prints what is shown. */
export function Export({ table, given, forms = NONE, formsHint }: ExportProps) {
  const words = useWords();
  const format = useFormat();
  const shop = useShopId();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const save = async (kind: FileKind, of = table) => {
    setBusy(true);
    try {
      const { address, name } = fileOf(shop, of, kind, given ?? {}, new Date());
      const said = await download(address, name);
      const replaced = Number(said.get("x-zhanggui-replaced"));
      if (replaced > 0) void message.warning(words.exports.replaced(format.count(replaced)));
      else void message.success(words.exports.done(format.count(Number(said.get("x-zhanggui-rows")))));
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  const items = forms.map(({ label }) => ({ key: label, label }));
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          ...FILES.map((kind) => ({ key: kind, label: words.exports.kinds[kind] })),
          ...(formsHint
            ? [{ type: "group" as const, label: formsHint, children: items }]
            : items),
          { type: "divider" as const },
          { key: "print", label: words.exports.print, icon: <PrinterOutlined /> },
        ],
        // The menu goes before the page is printed.
        onClick: ({ key }) => {
          const form = forms.find(({ label }) => label === key);
          if (key === "print") setTimeout(() => window.print(), 300);
          else void (form ? save(form.kind, form.table) : save(key as FileKind));
        },
      }}
    >
      <Button className={styles["export"] ?? ""} icon={<DownloadOutlined />} loading={busy}>
        {words.exports.title}
      </Button>
    </Dropdown>
  );
}
