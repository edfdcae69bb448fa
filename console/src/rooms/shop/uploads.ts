import { useSyncExternalStore } from "react";
import { readAgain } from "@/api/again";
import { headers } from "@/api/client";
import { readError, unreachable } from "@/api/errors";
import { queryClient } from "@/api/hooks";
import type { Gathered } from "./gather";

export interface Upload {
  files: number;
  bytes: number;
  sent: number;
  state: "sending" | "inspecting" | "failed" | "arrived";
  error?: Error;
  /** Of the import that the server made of it. */
  importId?: string;
}

/** By shop. Kept outside of any screen, so that an upload goes on while another is looked at. */
const uploads = new Map<string, Upload>();
const requests = new Map<string, XMLHttpRequest>();
const listeners = new Set<() => void>();

export function useUpload(shop: string): Upload | undefined {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => uploads.get(shop),
  );
}

/** Sends files to a shop; a request of this older kind is the one that tells how much has gone. */
export function startUpload(shop: string, gathered: readonly Gathered[]): void {
  const form = new FormData();
  for (const { file, path } of gathered) form.append("files", file, path);
  const request = new XMLHttpRequest();
  request.open("POST", `/api/shops/${encodeURIComponent(shop)}/imports`);
  for (const [name, value] of Object.entries(headers(true))) request.setRequestHeader(name, value);
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => put(shop, { sent: event.loaded }));
  request.upload.addEventListener("load", () => put(shop, { state: "inspecting" }));
  request.addEventListener("error", () => put(shop, { state: "failed", error: unreachable() }));
  request.addEventListener("load", () => {
    const body: unknown = request.response;
    if (request.status >= 200 && request.status < 300 && hasId(body)) {
      put(shop, { state: "arrived", importId: body.import_id });
      void readAgain(queryClient, ["tool", shop]);
    } else {
      put(shop, { state: "failed", error: readError(request.status, body) });
    }
  });
  request.addEventListener("loadend", () => requests.delete(shop));
  requests.set(shop, request);
  uploads.set(shop, {
    files: gathered.length,
    bytes: gathered.reduce((sum, { file }) => sum + file.size, 0),
    sent: 0,
    state: "sending",
  });
  tell();
  request.send(form);
}

export function stopUpload(shop: string): void {
  requests.get(shop)?.abort();
  forgetUpload(shop);
}

export function forgetUpload(shop: string): void {
  uploads.delete(shop);
  tell();
}

function put(shop: string, change: Partial<Upload>): void {
  const before = uploads.get(shop);
  if (!before) return;
  uploads.set(shop, { ...before, ...change });
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function hasId(body: unknown): body is { import_id: string } {
  return typeof body === "object" && body !== null && "import_id" in body && typeof body.import_id === "string";
}

globalThis.addEventListener?.("beforeunload", (event) => {
  if (requests.size > 0) event.preventDefault();
});
