import { App, Button, Segmented, Slider } from "antd";
import { useCallback, useEffect, useRef, useState, type PointerEvent } from "react";
import { useChange, useRole } from "@/api/hooks";
import { Loading, Failed } from "@/shell/States";
import { useShopId } from "@/shell/useShopId";
import { useTellProblem } from "@/shell/useProblem";
import { useFormat } from "@/words/format";
import { useWords } from "@/words";
import { Brush, resized, SIZES, type Point } from "./brush";
import type { Cut } from "./Cuts";
import { sendMask } from "./sending";
import styles from "./studio.module.css";

type View = "tint" | "cut" | "plain";

interface Loaded {
  frame: HTMLImageElement;
  brush: Brush;
}

/** A frame with its mask under a brush. */
export function CutEditor({ cut, onNext }: { cut: Cut; onNext: () => void }) {
  const words = useWords();
  const format = useFormat();
  const shop = useShopId();
  const tell = useTellProblem();
  const { message } = App.useApp();
  const may = useRole() !== "viewer";
  const accept = useChange("studio.accept_cut");
  const { loaded, error } = useLoaded(cut);
  const screen = useRef<HTMLCanvasElement>(null);
  const [adds, setAdds] = useState(false);
  const [size, setSize] = useState(24);
  const [view, setView] = useState<View>("tint");
  const [saving, setSaving] = useState(false);
  // Strokes live in the canvas; this only has the buttons look again.
  const [, setStep] = useState(0);

  const draw = useCallback(() => {
    if (loaded && screen.current) paint(screen.current, loaded, view);
  }, [loaded, view]);
  useEffect(draw, [draw]);
  const again = () => {
    draw();
    setStep((step) => step + 1);
  };
  const undo = () => {
    loaded?.brush.undo();
    again();
  };
  const redo = () => {
    loaded?.brush.redo();
    again();
  };
  useBrushKeys((key, shifted) => {
    if (key === "[" || key === "]") setSize((before) => resized(before, key === "]"));
    else if (key === "z") (shifted ? redo : undo)();
    else if (key === "e") setAdds(false);
    else if (key === "b") setAdds(true);
  });
  const stroke = { adds, width: size };
  const press = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!may || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    loaded?.brush.begin(pointOf(event), stroke);
    draw();
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    loaded?.brush.to(pointOf(event), stroke);
    draw();
  };
  const lift = () => {
    loaded?.brush.end();
    again();
  };
  const save = async () => {
    if (!loaded) return;
    setSaving(true);
    try {
      const { items } = await sendMask(shop, cut.frame, await loaded.brush.png());
      void message.success(words.cuts.saved(format.count(items)));
    } catch (problem) {
      tell(problem);
    } finally {
      setSaving(false);
    }
  };
  if (error) return <Failed error={error} />;
  if (!loaded) return <Loading rows={10} />;
  const { brush, frame } = loaded;
  return (
    <>
      <div className={styles["tools"]}>
        <Segmented
          value={adds ? "add" : "erase"}
          onChange={(value) => setAdds(value === "add")}
          options={[
            { value: "erase", label: words.cuts.erase },
            { value: "add", label: words.cuts.add },
          ]}
        />
        <span className={styles["size"]}>
          {words.cuts.size}
          <Slider
            min={SIZES.least}
            max={SIZES.most}
            value={size}
            onChange={setSize}
            ariaLabelForHandle={words.cuts.size}
          />
        </span>
        <Button disabled={!brush.canUndo} onClick={undo}>
          {words.cuts.undo}
        </Button>
        <Button disabled={!brush.canRedo} onClick={redo}>
          {words.cuts.redo}
        </Button>
        <Segmented
          value={view}
          onChange={(value) => setView(value as View)}
          options={(["tint", "cut", "plain"] as const).map((each) => ({ value: each, label: words.cuts.views[each] }))}
        />
      </div>
      <canvas
        ref={screen}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img is not drawn on
        role="img"
        aria-label={words.cuts.canvas}
        className={styles["canvas"]}
        width={frame.naturalWidth}
        height={frame.naturalHeight}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={lift}
        onPointerCancel={lift}
      />
      <p className={`muted ${styles["keys"]}`}>{words.cuts.keys}</p>
      <div className={styles["line"]}>
        <Button onClick={onNext}>{words.cuts.skip}</Button>
        <Button
          disabled={!may || brush.canUndo}
          loading={accept.isPending}
          onClick={() =>
            void accept
              .mutateAsync({ frame: cut.frame })
              .then(() => message.success(words.cuts.accepted))
              .catch(tell)
          }
        >
          {words.cuts.accept}
        </Button>
        <Button type="primary" disabled={!may || !brush.canUndo} loading={saving} onClick={() => void save()}>
          {words.cuts.save}
        </Button>
      </div>
    </>
  );
}

/** Where a pointer is, in the frame's pixels. */
function pointOf(event: PointerEvent<HTMLCanvasElement>): Point {
  const box = event.currentTarget.getBoundingClientRect();
  const scale = event.currentTarget.width / box.width;
  return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
}

function paint(screen: HTMLCanvasElement, { frame, brush }: Loaded, view: View): void {
  const context = screen.getContext("2d");
  if (!context) return;
  const { width, height } = screen;
  context.globalCompositeOperation = "source-over";
  context.clearRect(0, 0, width, height);
  if (view === "plain") {
    context.drawImage(frame, 0, 0);
    return;
  }
  if (view === "cut") {
    context.drawImage(brush.mask, 0, 0);
    context.globalCompositeOperation = "source-in";
    context.drawImage(frame, 0, 0);
    return;
  }
  // The tint first, with the product cut out of it; the picture goes beneath.
  context.fillStyle = "rgb(214 40 90 / 55%)";
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "destination-out";
  context.drawImage(brush.mask, 0, 0);
  context.globalCompositeOperation = "destination-over";
  context.drawImage(frame, 0, 0);
}

async function picture(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function useLoaded({ frame_url: frameUrl, mask_url: maskUrl }: Cut): { loaded: Loaded | null; error: unknown } {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    Promise.all([picture(frameUrl), picture(maskUrl)])
      .then(([frame, mask]) => {
        if (!left) setLoaded({ frame, brush: new Brush(mask, frame.naturalWidth, frame.naturalHeight) });
      })
      .catch((problem: unknown) => {
        if (!left) setError(problem);
      });
    return () => {
      left = true;
    };
  }, [frameUrl, maskUrl]);
  return { loaded, error };
}

/** Keys of the brush, wherever on the screen one is but in a field. */
function useBrushKeys(does: (key: string, shifted: boolean) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.closest("input, textarea")) return;
      if (event.altKey) return;
      does(event.key.toLowerCase(), event.shiftKey);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
}
