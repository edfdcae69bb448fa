import { useEffect } from "react";
import { Link, useLocation } from "react-router";
import { useRead, useRole, useSession } from "@/api/hooks";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { progressOf, useAway, type Progress } from "./guide";
import { STEPS } from "./rooms";
import styles from "./SetupBanner.module.css";
import { useShopId } from "./useShopId";

/** What there is to set up still: the shop's guide, and a password for whoever came by a one-time link. */
export function SetupBanner() {
  const shop = useShopId();
  const { pathname } = useLocation();
  const role = useRole();
  const { data: session } = useSession();
  const [away, putAway] = useAway();
  const place = `/shops/${shop}/start`;
  const isElsewhere = !away && pathname !== place;
  const { data } = useRead("base.guide", {}, { enabled: isElsewhere });
  const progress = data && progressOf(STEPS, data, role);
  const isDone = progress !== undefined && !progress.next;
  useEffect(() => {
    // All done: it goes by itself.
    if (isElsewhere && isDone) putAway(true);
  });
  const guides = isElsewhere && !isDone;
  if (!guides && !session?.setup_needed) return null;
  return (
    <div className={styles["banner"]}>
      {guides && <Guided place={place} progress={progress} onAway={() => putAway(true)} />}
      {session?.setup_needed && <Password />}
    </div>
  );
}

interface GuidedProps {
  place: string;
  progress: Progress | undefined;
  onAway: () => void;
}

/** How far the guide has come, and the way back to it; it keeps its line while that is read. */
function Guided({ place, progress, onAway }: GuidedProps) {
  const words = useWords();
  const format = useFormat();
  return (
    <p className={styles["guided"]}>
      <Link to={progress?.next ? `${place}?step=${progress.next.name}` : place}>
        {progress?.next ? words.guide.goOn(progress.next.label(words)) : words.guide.title}
      </Link>
      {progress && <span>{words.guide.of(format.count(progress.done), format.count(progress.all))}</span>}
      <button type="button" className="plain" onClick={onAway}>
        {words.guide.away}
      </button>
    </p>
  );
}

function Password() {
  const words = useWords();
  return (
    <p>
      {words.setup.banner} <Link to="/set-up">{words.setup.bannerAction}</Link>
    </p>
  );
}
