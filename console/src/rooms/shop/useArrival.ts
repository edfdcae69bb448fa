import { useEffect } from "react";
import { useNavigate } from "react-router";
import { useShopId } from "@/shell/useShopId";
import { forgetUpload, useUpload } from "./uploads";

/** Goes on to what was understood of an upload, once it has arrived. */
export function useArrival(): void {
  const shop = useShopId();
  const navigate = useNavigate();
  const arrived = useUpload(shop)?.importId;
  useEffect(() => {
    if (!arrived) return;
    forgetUpload(shop);
    void navigate(`/shops/${shop}/import/${arrived}`);
  }, [arrived, navigate, shop]);
}
