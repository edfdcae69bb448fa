import type { Picture } from "../contract";
import type { Pictures } from "../pictures";
import type { Words } from "../words";
import { h } from "./dom";

/** The largest a picture is shown among messages, in CSS pixels. */
const [WIDEST, HIGHEST] = [220, 240];

/** A picture among messages; it takes its room before it comes, so that nothing jumps. */
export function pictureView(picture: Picture, who: string, words: Words, pictures: Pictures, enlarge: (url: string) => void) {
  const image = h("img", { alt: "", ...roomFor(picture) });
  const label = words.pictureFrom(who);
  const button = h("button", { type: "button", class: "picture", "aria-label": label }, [image]);
  const load = () => {
    button.classList.remove("failed");
    button.setAttribute("aria-label", label);
    pictures.address(picture.url).then(
      (url) => image.setAttribute("src", url),
      () => {
        button.classList.add("failed");
        button.setAttribute("aria-label", words.pictureFailed);
      },
    );
  };
  button.addEventListener("click", () => (image.src ? enlarge(image.src) : load()));
  load();
  return button;
}

function roomFor({ width, height }: Picture): Record<string, number> {
  if (width <= 0 || height <= 0) return {};
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(48, Math.round(height * scale)) };
}
