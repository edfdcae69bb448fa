import { Link } from "react-router";
import { useSession } from "@/api/hooks";
import { useWords } from "@/words";
import { Shell } from "./Shell";
import { Empty } from "./States";
import { useShopId } from "./useShopId";

/** Lets through to a shop that the person belongs to. */
export function Component() {
  const shop = useShopId();
  const { data } = useSession();
  const words = useWords();
  if (!data?.shops.some(({ id }) => id === shop)) {
    return (
      <Empty title={words.errors.noShop}>
        <Link to="/">{words.errors.home}</Link>
      </Empty>
    );
  }
  return <Shell key={shop} />;
}
