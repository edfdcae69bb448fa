import { headers } from "./client";
import { readError, unreachable } from "./errors";

/** Saves a file of the server's in the reader's language, which a plain link would not ask for; gives the
 * answer's headers. What is `given` is sent along, as a change is. */
export async function download(address: string, name: string, given?: object): Promise<Headers> {
  const sent = given && {
    method: "POST",
    body: JSON.stringify(given),
    headers: { ...headers(true), "Content-Type": "application/json" },
  };
  const answer = await fetch(address, sent ?? { headers: headers(false) }).catch(() => {
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
