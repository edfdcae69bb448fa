import { PictureOutlined } from "@/shell/icons";
import { useState } from "react";
import { useWords } from "@/words";
import styles from "./Picture.module.css";

interface PictureProps {
  url: string | null;
  size: number;
}

/** A product's picture. Only the shop's own server is asked for one, never a platform's. */
export function Picture({ url, size }: PictureProps) {
  const words = useWords();
  const [broken, setBroken] = useState(false);
  const own = url?.startsWith("/") && !url.startsWith("//") ? url : null;
  if (!own || broken) {
    return (
      <span className={styles["none"]} style={{ width: size, height: size }} title={words.goods.noPicture}>
        <PictureOutlined />
      </span>
    );
  }
  return (
    <img
      className={styles["picture"]}
      src={own}
      width={size}
      height={size}
      alt=""
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}
