import { Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "@/api/hooks";
import { useWords } from "@/words";
import { Shell } from "./Shell";
import { Await, Empty } from "./States";
import { useShopId } from "./useShopId";
import { Link } from "react-router";

/** Lets through who is signed in; sends others to sign in and back here afterwards. */
export function SignedIn() {
  const session = useSession();
  const { pathname, search } = useLocation();
  return (
    <Await query={session}>
      {({ user }) =>
        user ? (
          <Outlet />
        ) : (
          <Navigate to={`/sign-in?${new URLSearchParams({ next: pathname + search })}`} replace />
        )
      }
    </Await>
  );
}

/** Lets through to a shop that the person belongs to. */
export function InShop() {
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

const LAST_SHOP = "zhanggui.shop";

export function rememberShop(shop: string): void {
  try {
    localStorage.setItem(LAST_SHOP, shop);
  } catch {
    // Then the first shop opens next time.
  }
}

/** The overview of the shop in the address, else of the one last looked at, else a new one. */
export function Home() {
  const { data } = useSession();
  const asked = useShopId() || readLastShop();
  const shops = data?.shops ?? [];
  const shop = shops.find(({ id }) => id === asked) ?? shops[0];
  return <Navigate to={shop ? `/shops/${shop.id}/overview` : "/new-shop"} replace />;
}

function readLastShop(): string | null {
  try {
    return localStorage.getItem(LAST_SHOP);
  } catch {
    return null;
  }
}
