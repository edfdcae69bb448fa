import { Alert, Button, Checkbox } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Item } from "@/api/client";
import { useRows } from "@/api/rows";
import { Picture } from "@/rooms/shop/Picture";
import list from "@/shell/list.module.css";
import { Records, type Column } from "@/shell/Records";
import { SearchBox } from "@/shell/SearchBox";
import { Empty } from "@/shell/States";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { BasePictures } from "./BasePictures";
import { Drop } from "./Drop";
import type { Chosen } from "./NewBatch";
import styles from "./studio.module.css";

type Product = Item<"studio.list_products">;

interface ChooseProductsProps {
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
}

/** Products with how many base pictures each has; those that have none are told by name. */
export function ChooseProducts({ chosen, onChoose }: ChooseProductsProps) {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const q = address.get("q");
  const bare = address.get("without") !== "";
  const rows = useRows("studio.list_products", { q, only_without: bare });
  const [opened, setOpened] = useState<Product | null>(null);

  const without = rows.near.filter(({ id, pictures }) => pictures === 0 && chosen.titles.has(id));
  const choose = (ids: readonly Product[], on: boolean) => {
    const titles = new Map(chosen.titles);
    for (const { id, title } of ids) {
      if (on) titles.set(id, title);
      else titles.delete(id);
    }
    onChoose({ all: false, titles });
  };
  const isChosen = (row: Product) => (chosen.all ? row.pictures > 0 : chosen.titles.has(row.id));
  const box = (row: Product) => (
    <Checkbox
      aria-label={words.making.select(row.title)}
      checked={isChosen(row)}
      disabled={chosen.all}
      onChange={(event) => choose([row], event.target.checked)}
    />
  );
  const pictures = (row: Product) => (
    <Button size="small" type={row.pictures === 0 ? "dashed" : "default"} onClick={() => setOpened(row)}>
      {row.pictures === 0 ? words.making.add : words.making.count(format.count(row.pictures))}
    </Button>
  );
  const columns: Column<Product>[] = [
    { key: "box", title: "", width: 48, cell: box },
    {
      key: "product",
      title: words.making.product,
      cell: (row) => (
        <span className={list["named"]}>
          <Picture url={row.picture_url} size={40} />
          <span>
            {row.title}
            <small className="muted mono">{row.id}</small>
          </span>
        </span>
      ),
    },
    { key: "category", title: words.making.category, width: 150, cell: (row) => row.category ?? words.common.none },
    { key: "pictures", title: words.making.pictures, width: 150, cell: pictures },
  ];
  return (
    <>
      <Drop title={words.making.dropAll} hint={words.making.dropAllHint} />
      <Toolbar>
        <SearchBox label={words.making.search} value={q} onChange={(value) => address.set({ q: value })} />
        <Checkbox checked={bare} onChange={(event) => address.set({ without: event.target.checked ? "1" : null })}>
          {words.making.onlyWithout}
        </Checkbox>
        <Checkbox
          checked={chosen.all}
          onChange={(event) => onChoose({ all: event.target.checked, titles: new Map() })}
        >
          {words.making.all}
        </Checkbox>
      </Toolbar>
      {without.length > 0 && (
        <Alert
          className={styles["alert"] ?? ""}
          type="warning"
          showIcon
          title={words.making.without(without.map(({ title }) => title).join(", "))}
          description={words.making.withoutHint}
          action={<Button onClick={() => choose(without, false)}>{words.making.dropWithout}</Button>}
        />
      )}
      <Records
        label={words.making.product}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        card={(row) => (
          <div className={list["rowCard"]}>
            {box(row)}
            <Picture url={row.picture_url} size={44} />
            <span className={list["rowText"]}>
              <b>{row.title}</b>
              <span>{pictures(row)}</span>
            </span>
          </div>
        )}
        empty={
          <Empty title={words.making.empty} hint={words.making.emptyHint}>
            <Link to="../import">
              <Button>{words.making.toImport}</Button>
            </Link>
          </Empty>
        }
      />
      <BasePictures product={opened} onClose={() => setOpened(null)} />
    </>
  );
}
