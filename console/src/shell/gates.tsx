import { Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "@/api/hooks";
import { Await } from "./States";
import { useShopId } from "./useShopId";

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
