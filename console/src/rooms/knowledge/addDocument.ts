import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { readAgain } from "@/api/again";
import { client, unwrap } from "@/api/client";
import type { components } from "@/api/schema";
import { useShopId } from "@/shell/useShopId";

export type Added = components["schemas"]["AddedDocument"];

export interface Sent {
  file: File;
  /** The document it is a new version of. */
  id?: string;
  /** The day from which it applies. */
  effective?: string;
}

/** Sends a file to become a document, or a new version of one. */
export function useAddDocument(): UseMutationResult<Added, Error, Sent> {
  const shop = useShopId();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, id, effective }: Sent) => {
      const form = new FormData();
      form.append("file", file, file.name);
      if (id) form.append("id", id);
      if (effective) form.append("effective", effective);
      const result = await client.POST("/api/shops/{shop_id}/knowledge/documents", {
        params: { path: { shop_id: shop }, header: { "Idempotency-Key": crypto.randomUUID() } },
        body: { file: file.name },
        bodySerializer: () => form,
      });
      return unwrap(result) as Added;
    },
    onSettled: () => readAgain(queries, ["tool", shop]),
  });
}
