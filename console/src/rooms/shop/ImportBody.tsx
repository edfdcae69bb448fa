import type { Got } from "@/api/client";
import { ImportReport } from "./ImportReport";
import { ImportRunning } from "./ImportRunning";
import { ImportStaged } from "./ImportStaged";
import { isMoving } from "./ImportState";

interface ImportBodyProps {
  found: Got<"shop.get_import">;
  /** It is being discarded: who shows it goes elsewhere. */
  onLeave: () => void | Promise<void>;
}

/** An import as it stands: to be confirmed, on its way, or over. */
export function ImportBody({ found, onLeave }: ImportBodyProps) {
  if (found.state === "staged") return <ImportStaged key={found.id} found={found} onLeave={onLeave} />;
  if (isMoving(found.state)) return <ImportRunning found={found} />;
  return <ImportReport found={found} />;
}
