/** The longest side of a picture that is sent, in pixels. */
export const LONGEST = 1600;
const QUALITY = 0.86;
const SMALLER_QUALITY = 0.7;
/** Above this a picture is packed harder: the browser keeps it as text, among little else. */
const LARGE_BYTES = 700_000;

/** The size within `LONGEST`, with the shape kept; nothing is made larger. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * The picture as a JPEG of at most `LONGEST` pixels, as a data URL. It is drawn anew in any case: what
 * a camera writes beside a picture, such as where it was taken, stays with the shopper.
 *
 * Throws when the browser cannot open the file as a picture.
 */
export async function reduced(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const { width, height } = fitted(bitmap.width, bitmap.height);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const drawing = canvas.getContext("2d");
  if (!drawing) throw new Error("no canvas");
  // What is seen through is white on paper, and would be black in a JPEG.
  drawing.fillStyle = "#fff";
  drawing.fillRect(0, 0, width, height);
  drawing.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const packed = canvas.toDataURL("image/jpeg", QUALITY);
  return packed.length > LARGE_BYTES ? canvas.toDataURL("image/jpeg", SMALLER_QUALITY) : packed;
}

/** A data URL as what it stands for. Not by `fetch`: a page's policy may not let data be fetched. */
export function blobOf(dataUrl: string): Blob {
  const [head = "", body = ""] = dataUrl.split(",", 2);
  const type = /^data:([^;]+)/.exec(head)?.[1] ?? "image/jpeg";
  return new Blob([Uint8Array.from(atob(body), (each) => each.charCodeAt(0))], { type });
}
