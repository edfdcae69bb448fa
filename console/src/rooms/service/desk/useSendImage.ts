import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { readAgain } from "@/api/again";
import { client, unwrap } from "@/api/client";
import { useShopId } from "@/shell/useShopId";

/** Sends the shopper a picture. */
export function useSendImage(id: string): UseMutationResult<unknown, Error, File> {
  const shop = useShopId();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (file: File) => {
      const form = new FormData();
      form.append("file", file, file.name);
      return unwrap(
        await client.POST("/api/shops/{shop_id}/service/conversations/{conversation_id}/images", {
          params: {
            path: { shop_id: shop, conversation_id: id },
            query: { client_id: crypto.randomUUID() },
          },
          body: { file: file.name },
          bodySerializer: () => form,
        }),
      );
    },
    onSettled: () => readAgain(queries, ["tool", shop]),
  });
}

/** Where a picture of a conversation is read. */
export function imageAt(shop: string, id: string, name: string): string {
  return `/api/shops/${encodeURIComponent(shop)}/service/conversations/${encodeURIComponent(id)}/images/${name}`;
}
