import { Button } from "antd";
import { useState } from "react";
import { useWords } from "@/words";
import type { PictureReport } from "./checking";
import styles from "./compliance.module.css";

export interface Shown {
  url: string;
  read: PictureReport;
}

/** A picture that was read, with a box around every line in which something was found. */
export function PictureRead({ shown, onLeave }: { shown: Shown; onLeave: () => void }) {
  const words = useWords();
  const [size, setSize] = useState<{ width: number; height: number }>();
  return (
    <figure className={styles["picture"]}>
      <div className={styles["frame"]}>
        <img
          src={shown.url}
          alt={words.compliance.pictureAlt}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSize({ width: naturalWidth, height: naturalHeight })}
        />
        {size && (
          <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
            {shown.read.findings.map(({ box: [left, top, right, bottom], finding }) => (
              <rect
                key={`${finding.start}-${finding.kind}`}
                x={left}
                y={top}
                width={right - left}
                height={bottom - top}
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </svg>
        )}
      </div>
      <figcaption>
        {shown.read.lines.length === 0 && <span className="muted">{words.compliance.noPictureText}</span>}
        <Button size="small" type="text" onClick={onLeave}>
          {words.compliance.leavePicture}
        </Button>
      </figcaption>
    </figure>
  );
}
