import { useQuery } from "@tanstack/react-query";
import { Await } from "@/shell/States";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import type { Work } from "./Works";
import styles from "./studio.module.css";

/** A work as what it is: a picture, a film, a page, or words. */
export function Media({ work }: { work: Work }) {
  const words = useWords();
  const format = useFormat();
  const ending = work.name.slice(work.name.lastIndexOf(".") + 1);
  return (
    <figure className={`${styles["media"]} ${work.kind === "detail" ? "" : styles["whole"]}`}>
      {ending === "mp4" ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- the captions are drawn into the film
        <video src={work.url} controls playsInline preload="metadata" />
      ) : work.small_url ? (
        <img src={work.url} alt={work.title} />
      ) : ending === "html" ? (
        <iframe src={work.url} title={work.title} sandbox="" />
      ) : (
        <Words url={work.url} />
      )}
      <figcaption className="muted">
        {words.works.version(format.count(work.version))} ·{" "}
        <a href={work.url} target="_blank" rel="noreferrer">
          {words.madeWork.open}
        </a>
      </figcaption>
    </figure>
  );
}

function Words({ url }: { url: string }) {
  const query = useQuery({
    queryKey: ["studio-words", url],
    queryFn: async ({ signal }) => {
      const answer = await fetch(url, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    },
  });
  return <Await query={query}>{(text) => <pre className={styles["words"]}>{text}</pre>}</Await>;
}
