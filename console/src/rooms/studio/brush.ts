/** A mask under a brush: what belongs to the product is opaque, all else is clear. */

const MOST_STEPS = 12;

export interface Point {
  x: number;
  y: number;
}

export interface Stroke {
  adds: boolean;
  /** In the frame's pixels. */
  width: number;
}

export class Brush {
  readonly mask: HTMLCanvasElement;
  private done: ImageData[] = [];
  private undone: ImageData[] = [];
  private last: Point | null = null;

  constructor(grey: HTMLImageElement, width: number, height: number) {
    this.mask = canvas(width, height);
    const context = this.context();
    context.drawImage(grey, 0, 0, width, height);
    const data = context.getImageData(0, 0, width, height);
    greyToAlpha(data.data);
    context.putImageData(data, 0, 0);
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Begins a stroke; what it does can be taken back as a whole. */
  begin(at: Point, stroke: Stroke): void {
    this.done = [...this.done.slice(1 - MOST_STEPS), this.now()];
    this.undone = [];
    this.last = at;
    this.to(at, stroke);
  }

  to(at: Point, { adds, width }: Stroke): void {
    const context = this.context();
    const from = this.last ?? at;
    context.globalCompositeOperation = adds ? "source-over" : "destination-out";
    context.lineCap = "round";
    context.lineWidth = width;
    context.strokeStyle = "#fff";
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(at.x, at.y);
    context.stroke();
    context.globalCompositeOperation = "source-over";
    this.last = at;
  }

  end(): void {
    this.last = null;
  }

  undo(): void {
    this.swap(this.done, this.undone);
  }

  redo(): void {
    this.swap(this.undone, this.done);
  }

  /** White where the product is, black elsewhere, as PNG of the frame's size. */
  async png(): Promise<Blob> {
    const out = canvas(this.mask.width, this.mask.height);
    const context = out.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = "#000";
    context.fillRect(0, 0, out.width, out.height);
    context.drawImage(this.mask, 0, 0);
    return new Promise((resolve, reject) =>
      out.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
    );
  }

  private swap(from: ImageData[], to: ImageData[]): void {
    const step = from.pop();
    if (!step) return;
    to.push(this.now());
    this.context().putImageData(step, 0, 0);
  }

  private now(): ImageData {
    return this.context().getImageData(0, 0, this.mask.width, this.mask.height);
  }

  private context(): CanvasRenderingContext2D {
    const context = this.mask.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no canvas");
    return context;
  }
}

/** White pixels whose opacity is what their grey was. */
export function greyToAlpha(data: Uint8ClampedArray): void {
  for (let at = 0; at < data.length; at += 4) {
    data[at + 3] = data[at] ?? 0;
    data.fill(255, at, at + 3);
  }
}

/** The next size of a brush: a quarter larger or smaller, within bounds. */
export function resized(size: number, larger: boolean): number {
  const next = larger ? Math.ceil(size * 1.25) : Math.floor(size / 1.25);
  return Math.min(SIZES.most, Math.max(SIZES.least, next));
}

export const SIZES = { least: 2, most: 200 };

export function canvas(width: number, height: number): HTMLCanvasElement {
  const made = document.createElement("canvas");
  made.width = width;
  made.height = height;
  return made;
}
