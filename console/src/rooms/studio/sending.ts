import { readAgain } from "@/api/again";
import { headers, unwrap } from "@/api/client";
import { unreachable } from "@/api/errors";
import { queryClient } from "@/api/hooks";
import type { components } from "@/api/schema";

export type Uploaded = components["schemas"]["Uploaded"];
export type CutJudged = components["schemas"]["CutJudged"];

function address(shop: string, path: string): string {
  return `/api/shops/${encodeURIComponent(shop)}/studio/${path}`;
}

async function send(shop: string, method: string, path: string, body: FormData): Promise<unknown> {
  const response = await fetch(address(shop, path), { method, body, headers: headers(true) }).catch(() => {
    throw unreachable();
  });
  const said: unknown = await response.json().catch(() => null);
  const got = unwrap(response.ok ? { data: said, response } : { error: said, response });
  void readAgain(queryClient, ["tool", shop]);
  return got;
}

export interface Sent {
  file: File;
  path: string;
}

/** Sends base pictures; without a product each goes where its folder or name says. */
export async function sendPictures(shop: string, files: readonly Sent[], productId?: string): Promise<Uploaded> {
  const form = new FormData();
  for (const { file, path } of files) form.append("files", file, path);
  if (productId) form.append("product_id", productId);
  return (await send(shop, "POST", "pictures", form)) as Uploaded;
}

/** Sends a mask that was brushed. */
export async function sendMask(shop: string, frame: string, mask: Blob): Promise<CutJudged> {
  const form = new FormData();
  form.append("file", mask, "mask.png");
  return (await send(shop, "PUT", `cuts/${frame}/mask`, form)) as CutJudged;
}
