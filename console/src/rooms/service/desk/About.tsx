import { lazy, Suspense, useState } from "react";
import { useRead } from "@/api/hooks";
import { StatusTag } from "@/rooms/shop/StatusTag";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import styles from "./Conversation.module.css";
import type { Whole } from "./people";

const OrderPanel = lazy(async () => ({ default: (await import("@/rooms/shop/OrderPanel")).OrderPanel }));
const ProductPanel = lazy(async () => ({ default: (await import("@/rooms/shop/ProductPanel")).ProductPanel }));

/** The order and the product that a conversation is about, each with all that is known of it. */
export function About({ conversation }: { conversation: Whole }) {
  const words = useWords();
  const [panel, setPanel] = useState<"order" | "product">();
  const { order_id: order, product_id: product } = conversation;
  if (!order && !product) return null;
  const close = () => setPanel(undefined);
  return (
    <section>
      <h3>{words.desk.about}</h3>
      <ul>
        {order && (
          <li>
            <button type="button" className={`plain ${styles["card"]}`} onClick={() => setPanel("order")}>
              <Order id={order} />
            </button>
          </li>
        )}
        {product && (
          <li>
            <button type="button" className={`plain ${styles["card"]}`} onClick={() => setPanel("product")}>
              <Product id={product} />
            </button>
          </li>
        )}
      </ul>
      <Suspense>
        {panel === "order" && order && <OrderPanel id={order} onClose={close} />}
        {panel === "product" && product && <ProductPanel id={product} onClose={close} />}
      </Suspense>
    </section>
  );
}

function Order({ id }: { id: string }) {
  const words = useWords();
  const format = useFormat();
  const { data } = useRead("shop.get_order", { order_id: id });
  return (
    <>
      <small className="muted">
        {words.ask.kinds.order} <span className="mono">{id}</span>
      </small>
      {data && (
        <span>
          <StatusTag status={data.status} /> {format.money(data.paid_fen)}
        </span>
      )}
    </>
  );
}

function Product({ id }: { id: string }) {
  const words = useWords();
  const { data } = useRead("shop.get_product", { product_id: id });
  return (
    <>
      <small className="muted">{words.ask.kinds.product}</small>
      <span>{data?.title || id}</span>
    </>
  );
}
