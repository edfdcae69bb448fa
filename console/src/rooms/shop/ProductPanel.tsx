import { Button } from "antd";
import { Link } from "react-router";
import { useRead } from "@/api/hooks";
import { Facts } from "@/shell/Facts";
import { Panel, Section } from "@/shell/Panel";
import { Await } from "@/shell/States";
import { Table } from "@/shell/Table";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./ProductPanel.module.css";
import { OnSale, priceRange } from "./Goods";
import { Picture } from "./Picture";

/** A product with its SKUs. */
export function ProductPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useWords();
  const format = useFormat();
  const query = useRead("shop.get_product", { product_id: id }, { enabled: id !== "" });
  return (
    <Panel
      open={id !== ""}
      onClose={onClose}
      title={words.goods.name}
      extra={
        <Link to={`../ask?${new URLSearchParams({ product: id })}`}>
          <Button size="small">{words.goods.ask}</Button>
        </Link>
      }
    >
      <Await query={query}>
        {(product) => (
          <>
            <div className={styles["head"]}>
              <Picture url={product.picture_url} size={112} />
              <div>
                <h2>{product.title}</h2>
                <p className={styles["price"]}>{priceRange(product, format)}</p>
                <OnSale on={product.on_sale} />
              </div>
            </div>
            {product.description && <p className={styles["text"]}>{product.description}</p>}
            <Section title={words.goods.skus}>
              <Table
                rows={product.skus}
                rowKey={(sku) => sku.id}
                columns={[
                  {
                    key: "name",
                    title: words.goods.sku,
                    cell: (sku) => (
                      <>
                        {sku.name}
                        <br />
                        <small className="muted mono">{sku.code ?? sku.id}</small>
                      </>
                    ),
                  },
                  {
                    key: "price",
                    title: words.goods.price,
                    figure: true,
                    cell: (sku) => format.money(sku.price_fen),
                  },
                  {
                    key: "stock",
                    title: words.goods.stock,
                    figure: true,
                    cell: (sku) => format.count(sku.stock),
                  },
                ]}
              />
            </Section>
            <Section title={words.goods.attributes}>
              <Facts
                facts={[
                  [words.goods.id, <span key="id" className="mono">{product.id}</span>],
                  [words.goods.category, product.category],
                  ...Object.entries(product.attributes).map(
                    ([name, value]) => [name, String(value)] as const,
                  ),
                ]}
              />
            </Section>
          </>
        )}
      </Await>
    </Panel>
  );
}
