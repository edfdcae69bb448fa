import { headers } from "./client";
import { readError, unreachable } from "./errors";

/** Saves a file of the server's in the reader's language, which a plain link would not ask for; gives the answer's headers. */
export async function download(address: string, name: string): Promise<Headers> {
  const answer = await fetch(address, { headers: headers(false) }).catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw readError(answer.status, await answer.json().catch(() => null));
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
  return answer.headers;
}
