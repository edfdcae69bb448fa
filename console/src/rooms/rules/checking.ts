import { useMutation, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { client, unwrap, type Got } from "@/api/client";
import { useRead } from "@/api/hooks";
import type { components } from "@/api/schema";
import { usePaused } from "@/shell/usePaused";
import { useShopId } from "@/shell/useShopId";

export type Report = Got<"rules.check">;
export type Finding = Report["findings"][number];
export type PictureReport = components["schemas"]["CheckedPicture"];

/** As many characters as one call takes. */
export const LONGEST = 3000;
/** How long a hand rests before what it wrote is checked. */
const REST_MS = 300;

/** What is found in a text once it rests; undefined while it is not known for this very text. */
export function useReport(text: string, trade: string): { report: Report | undefined; query: UseQueryResult<Report> } {
  const rested = usePaused(text, REST_MS);
  const isWritten = rested.trim() !== "";
  const query = useRead("rules.check", { text: rested, ...(trade && { trade }) }, { enabled: isWritten });
  return { report: isWritten && rested === text ? query.data : undefined, query };
}

/** Sends a picture to be read and checked. */
export function useCheckPicture(): UseMutationResult<PictureReport, Error, { file: File; trade: string }> {
  const shop = useShopId();
  return useMutation({
    mutationFn: async ({ file, trade }) => {
      const form = new FormData();
      form.append("file", file, file.name);
      if (trade) form.append("trade", trade);
      const result = await client.POST("/api/shops/{shop_id}/rules/picture", {
        params: { path: { shop_id: shop } },
        body: { file: file.name },
        bodySerializer: () => form,
      });
      return unwrap(result) as PictureReport;
    },
  });
}
