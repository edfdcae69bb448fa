import type { Item } from "@/api/client";
import { useRows } from "@/api/rows";
import { Export } from "@/shell/Export";
import styles from "@/shell/list.module.css";
import { Page } from "@/shell/Page";
import { Records, type Column } from "@/shell/Records";
import { RowCard, RowName } from "@/shell/RowCard";
import { SearchBox } from "@/shell/SearchBox";
import { Toolbar } from "@/shell/Toolbar";
import { useAddress } from "@/shell/useAddress";
import { Views } from "@/shell/Views";
import { useFormat, type Format } from "@/words/format";
import { useWords } from "@/words";
import { NoRecords } from "./NoRecords";
import { Picture } from "./Picture";
import { ProductPanel } from "./ProductPanel";

type Product = Item<"shop.list_products">;

const NARROWED_BY = ["q"];

export function Component() {
  const words = useWords();
  const format = useFormat();
  const address = useAddress();
  const q = address.get("q");
  const rows = useRows("shop.list_products", { q });
  const open = (id: string | null) => address.set({ product: id }, { page: true });

  const name = (row: Product) => (
    <span className={styles["named"]}>
      <Picture url={row.picture_url} size={44} />
      <span>
        <RowName onOpen={() => open(row.id)}>
          {row.title || row.id}
        </RowName>
        <small className="muted mono">{row.id}</small>
      </span>
    </span>
  );
  const stock = (row: Product) =>
    row.stock === 0 ? <span className={styles["alarm"]}>{words.goods.soldOut}</span> : format.count(row.stock);
  const columns: Column<Product>[] = [
    { key: "name", title: words.goods.name, cell: name },
    { key: "category", title: words.goods.category, width: 130, cell: (row) => row.category ?? words.common.none },
    { key: "price", title: words.goods.price, figure: true, width: 170, cell: (row) => priceRange(row, format) },
    { key: "stock", title: words.goods.stock, figure: true, width: 100, cell: stock },
    { key: "skus", title: words.goods.skuCount, figure: true, width: 80, cell: (row) => format.count(row.sku_count) },
    {
      key: "state",
      title: words.orders.status,
      width: 100,
      cell: (row) => <OnSale on={row.on_sale} />,
    },
  ];
  return (
    <Page title={words.goods.title}>
      <Toolbar>
        <SearchBox label={words.goods.search} value={q} onChange={(value) => address.set({ q: value })} />
        <Views list="goods" by={NARROWED_BY} />
        <Export table="goods" given={{ q }} />
      </Toolbar>
      <Records
        label={words.goods.title}
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        onOpen={(row) => open(row.id)}
        card={(row) => (
          <RowCard picture={<Picture url={row.picture_url} size={56} />} onOpen={() => open(row.id)}>
            <b>{row.title || row.id}</b>
            <span className={styles["between"]}>
              <span>{priceRange(row, format)}</span>
              <span className="muted">
                {words.goods.stock} {stock(row)}
              </span>
            </span>
          </RowCard>
        )}
        empty={<NoRecords say={words.goods} narrowed={q !== ""} clear={() => address.set({ q: null })} />}
      />
      <ProductPanel id={address.get("product")} onClose={() => open(null)} />
    </Page>
  );
}

export function OnSale({ on }: { on: boolean }) {
  const words = useWords();
  return <span className={on ? styles["good"] : "muted"}>{on ? words.goods.onSale : words.goods.offSale}</span>;
}

export function priceRange(
  row: { price_min_fen: number | null; price_max_fen: number | null },
  format: Format,
): string {
  const { price_min_fen: low, price_max_fen: high } = row;
  if (low === high || high === null) return format.money(low);
  return `${format.money(low)} – ${format.money(high)}`;
}
