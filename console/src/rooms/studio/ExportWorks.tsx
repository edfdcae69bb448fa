import { Button } from "antd";
import { useState } from "react";
import { download } from "@/api/download";
import { Choice, known } from "@/shell/Choice";
import { DownloadOutlined } from "@/shell/icons";
import { useTellProblem } from "@/shell/useProblem";
import { useShopId } from "@/shell/useShopId";
import { useWords } from "@/words";

/** A zip of what is selected, or of what is approved among what is shown. */
export function ExportWorks({ filters, ids }: { filters: Record<string, string>; ids: string[] }) {
  const words = useWords();
  const shop = useShopId();
  const tell = useTellProblem();
  const [channel, setChannel] = useState<keyof typeof words.works.channels>("plain");
  const [busy, setBusy] = useState(false);
  const save = () => {
    const query = new URLSearchParams({ ...filters, channel });
    for (const id of ids) query.append("ids", id);
    setBusy(true);
    void download(`/api/shops/${encodeURIComponent(shop)}/studio/export.zip?${query}`, `studio-${channel}.zip`)
      .catch(tell)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Choice
        label={words.works.exportAs}
        value={channel}
        names={words.works.channels}
        onChange={(value) => setChannel(known(words.works.channels, value) ?? "plain")}
      />
      <Button icon={<DownloadOutlined />} loading={busy} onClick={save}>
        {ids.length > 0 ? words.works.export : words.works.exportApproved}
      </Button>
    </>
  );
}
