import { Select } from "antd";
import { useId } from "react";
import { useChange } from "@/api/hooks";
import { useTellProblem } from "@/shell/useProblem";
import { useWords } from "@/words";
import type { Whole } from "./people";
import { SHOWN } from "./useLive";

const MOST = 10;
const LONGEST = 20;

/** What a conversation is filed under. */
export function Tags({ conversation }: { conversation: Whole }) {
  const words = useWords();
  const tell = useTellProblem();
  const save = useChange("service.tag_conversation", { shownBy: SHOWN });
  const id = useId();
  const put = (tags: string[]) =>
    save.mutate(
      { id: conversation.id, tags: tags.map((tag) => tag.trim().slice(0, LONGEST)).filter(Boolean) },
      { onError: tell },
    );
  return (
    <section>
      <h3>
        <label htmlFor={id}>{words.desk.tags}</label>
      </h3>
      <Select
        id={id}
        mode="tags"
        open={false}
        suffixIcon={null}
        style={{ width: "100%" }}
        placeholder={words.desk.tagsHint}
        value={save.isPending ? save.variables.tags : conversation.tags}
        maxCount={MOST}
        onChange={put}
      />
    </section>
  );
}
