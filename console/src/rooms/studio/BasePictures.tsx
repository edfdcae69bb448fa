import { App, Button } from "antd";
import type { Item } from "@/api/client";
import { useChange, useRead } from "@/api/hooks";
import { Panel } from "@/shell/Panel";
import { Await, Empty } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Drop } from "./Drop";
import styles from "./studio.module.css";

type Product = Pick<Item<"studio.list_products">, "id" | "title" | "listing_pictures">;

/** A product's base pictures, and where more are dropped. */
export function BasePictures({ product, onClose }: { product: Product | null; onClose: () => void }) {
  return (
    <Panel open={product !== null} title={product?.title ?? ""} onClose={onClose}>
      {product && <Pictures product={product} />}
    </Panel>
  );
}

function Pictures({ product }: { product: Product }) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const query = useRead("studio.list_pictures", { product_id: product.id });
  const remove = useChange("studio.remove_picture");
  const take = useChange("studio.take_listing_pictures");
  const taking = () =>
    take.mutate(
      { product_ids: [product.id] },
      {
        onError: tell,
        onSuccess: ({ pictures }) =>
          void (pictures > 0
            ? message.success(words.making.taken(format.count(pictures)))
            : message.warning(words.making.takenNone)),
      },
    );
  return (
    <>
      <Drop productId={product.id} title={words.making.drop} hint={words.making.dropOneHint} />
      {product.listing_pictures > 0 && (
        <p className={styles["below"]}>
          <Button loading={take.isPending} onClick={taking}>
            {words.making.take}
          </Button>
        </p>
      )}
      <Await query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.making.noPictures} />
          ) : (
            <ul className={styles["frames"]} aria-label={words.making.pictures}>
              {items.map((each) => (
                <li key={each.id}>
                  <img src={each.small_url} alt={each.name} loading="lazy" />
                  <Button
                    size="small"
                    aria-label={words.making.remove(each.name)}
                    onClick={() => remove.mutate({ id: each.id }, { onError: tell })}
                  >
                    ×
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </>
  );
}
