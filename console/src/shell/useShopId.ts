import { useParams } from "react-router";

/** The shop in the address; empty outside of any shop. */
export function useShopId(): string {
  return useParams()["shop"] ?? "";
}
