import { useWords } from "@/words";
import type { Delivery } from "./naming";

/** What came of the last attempt: delivered or why not, and the status code. */
export function Attempt({ delivery }: { delivery: Pick<Delivery, "status" | "failure" | "code"> }) {
  const words = useWords();
  const said = delivery.failure ?? words.webhooks.statuses[delivery.status];
  return (
    <>
      {said}
      {delivery.code !== null && <> ({words.webhooks.code(String(delivery.code))})</>}
    </>
  );
}
