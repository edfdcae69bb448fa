import { Link, useNavigate, useParams } from "react-router";
import { Page } from "@/shell/Page";
import { Await } from "@/shell/States";
import { useShopId } from "@/shell/useShopId";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { ImportBody } from "./ImportBody";
import { ImportState } from "./ImportState";
import { useImport } from "./useImport";

/** One import, from what was understood to what came of it; reading it again is all that coming back takes. */
export function Component() {
  const words = useWords();
  const format = useFormat();
  const shop = useShopId();
  const navigate = useNavigate();
  const query = useImport(useParams()["importId"] ?? "");
  const { data } = query;
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
        {(found) => <ImportBody found={found} onLeave={() => navigate(`/shops/${shop}/import`)} />}
      </Await>
    </Page>
  );
}
