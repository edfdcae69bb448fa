import { App, Button } from "antd";
import { useEffect, useState } from "react";
import type { Got } from "@/api/client";
import { useChange, useRead, useRole } from "@/api/hooks";
import { Facts } from "@/shell/Facts";
import { Panel, Section } from "@/shell/Panel";
import { Await } from "@/shell/States";
import { useTellProblem } from "@/shell/useProblem";
import { useUndo } from "@/shell/useUndo";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Media } from "./Media";
import { named } from "./looking";
import type { Work } from "./Works";
import styles from "./studio.module.css";

type Detail = Got<"studio.get_work">;

interface WorkPanelProps {
  id: string;
  /** Works that stand around it on the wall, to go through. */
  near: readonly Work[];
  onOpen: (id: string | null) => void;
  onApprove: (work: Work) => void;
  onReject: (work: Work) => void;
}

/** A work at its full size, its versions side by side, and what can be done with it. */
export function WorkPanel({ id, near, onOpen, onApprove, onReject }: WorkPanelProps) {
  const words = useWords();
  const query = useRead("studio.get_work", { id }, { enabled: id !== "" });
  const at = near.findIndex((each) => each.id === id);
  const before = near[at - 1];
  const after = at >= 0 ? near[at + 1] : undefined;
  return (
    <Panel
      wide
      open={id !== ""}
      title={query.data?.work.title ?? ""}
      onClose={() => onOpen(null)}
      extra={
        <>
          <Button size="small" disabled={!before} onClick={() => before && onOpen(before.id)}>
            {words.madeWork.previous}
          </Button>{" "}
          <Button size="small" disabled={!after} onClick={() => after && onOpen(after.id)}>
            {words.madeWork.next}
          </Button>
        </>
      }
    >
      {id !== "" && (
        <Await query={query}>
          {(detail) => (
            <Whole key={detail.work.id} detail={detail} onOpen={onOpen} onApprove={onApprove} onReject={onReject} />
          )}
        </Await>
      )}
    </Panel>
  );
}

function Whole({ detail, onOpen, onApprove, onReject }: Omit<WorkPanelProps, "id" | "near"> & { detail: Detail }) {
  const words = useWords();
  const format = useFormat();
  const may = useRole() !== "viewer";
  const { work, deliverable, versions, frame_url: frame } = detail;
  const [other, setOther] = useState<Work | null>(null);
  useKeys({ a: () => may && onApprove(work), r: () => may && onReject(work) });
  const reasons = useRead("studio.list_reasons", {}, { enabled: work.reason !== null }).data?.items;
  const why = [reasons?.find(({ reason }) => reason === work.reason)?.name, work.note].filter(Boolean).join(" · ");
  const lines = deliverable.texts.map(({ text }) => text);
  return (
    <div className={styles["stack"]}>
      <div className={styles["line"]}>
        <Button type="primary" disabled={!may || work.state === "approved"} onClick={() => onApprove(work)}>
          {words.works.approve}
        </Button>
        <Button disabled={!may || work.state === "rejected"} onClick={() => onReject(work)}>
          {words.works.reject}
        </Button>
        <Doing work={work} may={may} />
        <a href={`${work.url}?download=true`}>{words.madeWork.download}</a>
      </div>
      <div className={other ? styles["sides"] : ""}>
        <Media work={work} />
        {other && <Media work={other} />}
      </div>
      {work.doubts.length > 0 && (
        <Section title={words.madeWork.doubts}>
          <ul>
            {work.doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </Section>
      )}
      {versions.length > 1 && (
        <Section title={words.madeWork.versions}>
          <ul className={styles["versions"]}>
            {versions.map((each) => (
              <Version
                key={each.id}
                each={each}
                shown={each.id === work.id}
                compared={each.id === other?.id}
                may={may}
                onOpen={() => onOpen(each.id)}
                onCompare={() => setOther(each.id === other?.id ? null : each)}
              />
            ))}
          </ul>
        </Section>
      )}
      {lines.length > 0 && (
        <Section title={words.madeWork.texts}>
          <ul className={styles["texts"]}>
            {lines.map((text, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the same words may stand there twice
              <li key={index}>{text}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={words.madeWork.facts}>
        <Facts
          facts={[
            [words.works.kind, words.studio.kinds[work.kind]],
            [words.works.style, work.style && named(words.studio.styles, work.style)],
            [words.madeWork.plate, work.plate],
            [words.madeWork.layout, work.layout],
            [words.madeWork.channel, work.channel],
            [words.madeWork.size, work.width && work.height ? `${work.width}×${work.height}` : null],
            [words.madeWork.bytes, format.bytes(work.bytes)],
            [words.madeWork.madeAt, format.time(work.made_at)],
            [words.madeWork.reason, why],
            [words.madeWork.models, deliverable.models.join(", ")],
          ]}
        />
        {frame && <img className={styles["frame"]} src={`${frame}/small?side=320`} alt={words.madeWork.frame} />}
      </Section>
    </div>
  );
}

/** Making it again, and its product's approved pictures for the listing. */
function Doing({ work, may }: { work: Work; may: boolean }) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const offerUndo = useUndo();
  const { message } = App.useApp();
  const remake = useChange("studio.remake");
  const publish = useChange("studio.publish");
  const unpublish = useChange("studio.unpublish");
  const isPicture = work.small_url !== null && work.kind !== "detail";
  const takeBack = (id: string) =>
    void unpublish
      .mutateAsync({ id })
      .then(() => message.success(words.madeWork.unpublished))
      .catch(tell);
  return (
    <>
      <Button
        disabled={!may}
        loading={remake.isPending}
        onClick={() =>
          void remake
            .mutateAsync({ ids: [work.id] })
            .then(() => message.success(words.madeWork.remaking))
            .catch(tell)
        }
      >
        {words.madeWork.again}
      </Button>
      {isPicture && work.state === "approved" && (
        <Button
          disabled={!may}
          title={words.madeWork.publishHint}
          loading={publish.isPending}
          onClick={() =>
            void publish
              .mutateAsync({ product_id: work.product_id, work_ids: [] })
              .then(({ id, works }) =>
                offerUndo(words.madeWork.published(format.count(works.length)), () => takeBack(id)),
              )
              .catch(tell)
          }
        >
          {words.madeWork.publish}
        </Button>
      )}
    </>
  );
}

interface VersionProps {
  each: Work;
  shown: boolean;
  compared: boolean;
  may: boolean;
  onOpen: () => void;
  onCompare: () => void;
}

function Version({ each, shown, compared, may, onOpen, onCompare }: VersionProps) {
  const words = useWords();
  const format = useFormat();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const rollBack = useChange("studio.roll_back");
  const number = format.count(each.version);
  return (
    <li aria-current={shown}>
      {each.small_url && <img src={each.small_url} alt="" loading="lazy" />}
      <button type="button" className="plain opens" onClick={onOpen}>
        {words.works.version(number)}
      </button>
      <small className="muted">{each.is_current ? words.madeWork.current : words.works.states[each.state]}</small>
      {!shown && (
        <Button size="small" aria-pressed={compared} onClick={onCompare}>
          {words.madeWork.compare}
        </Button>
      )}
      {!each.is_current && (
        <Button
          size="small"
          disabled={!may}
          onClick={() =>
            void rollBack
              .mutateAsync({ id: each.id })
              .then(() => message.success(words.madeWork.rolledBack(number)))
              .catch(tell)
          }
        >
          {words.madeWork.rollBack}
        </Button>
      )}
    </li>
  );
}

/** Letters that do something while nothing is being written. */
function useKeys(does: Record<string, () => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, [role=option], .ant-modal");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      does[event.key.toLowerCase()]?.();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
}
