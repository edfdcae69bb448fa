/** How a shop's server says who a shopper is, as `proven_buyer` (`service/chat/doors.py`) checks it. */
export const SAMPLES = [
  {
    name: "Node.js",
    code: `import { createHmac } from "node:crypto";

const at = Math.floor(Date.now() / 1000);
const signature = createHmac("sha256", process.env.ZHANGGUI_CHAT_SECRET)
  .update(\`\${nick}\\n\${at}\`)
  .digest("hex");`,
  },
  {
    name: "Python",
    code: `import hashlib, hmac, os, time

at = int(time.time())
signature = hmac.new(
    os.environ["ZHANGGUI_CHAT_SECRET"].encode(), f"{nick}\\n{at}".encode(), hashlib.sha256
).hexdigest()`,
  },
] as const;

/** What the page then adds to the snippet. */
export const SIGNED = `data-buyer="{nick}" data-buyer-at="{at}" data-buyer-signature="{signature}"`;
