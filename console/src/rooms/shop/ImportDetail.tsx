import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import { readAgain } from "@/api/again";
import { useRead } from "@/api/hooks";
import { Page } from "@/shell/Page";
import { Await } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { ImportRunning } from "./ImportRunning";
import { ImportReport } from "./ImportReport";
import { ImportStaged } from "./ImportStaged";
import { ImportState, isMoving } from "./ImportState";

const LOOK_AGAIN_MS = 700;

/** One import, from what was understood to what came of it; reading it again is all that coming back takes. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const id = useParams()["importId"] ?? "";
  const queries = useQueryClient();
  const query = useRead(
    "shop.get_import",
    { import_id: id },
    { every: (seen) => (seen && isMoving(seen.state) ? LOOK_AGAIN_MS : false) },
  );
  const { data } = query;
  const moves = data !== undefined && isMoving(data.state);
  useEffect(() => {
    // When it is over, what was read of the shop before is old, even its name.
    if (moves) return () => void readAgain(queries, []);
  }, [moves, queries]);
  return (
    <Page
      title={data?.state === "staged" ? words.imports.staged : words.imports.detail}
      lead={
        data && (
          <>
            <Link to={`../import`}>{words.imports.history}</Link> · {format.time(data.created_at)}{" "}
            <ImportState state={data.state} />
          </>
        )
      }
    >
      <Await query={query}>
        {(found) => {
          if (found.state === "staged") return <ImportStaged key={found.id} found={found} />;
          if (isMoving(found.state)) return <ImportRunning found={found} />;
          return <ImportReport found={found} />;
        }}
      </Await>
    </Page>
  );
}
