import { useEffect, useState, type RefObject } from "react";
import { announce } from "@/shared/announce/announce";
import { text } from "@/shared/text";
import { useShownIndicators } from "@/shared/view/use-shown-indicators";
import { useView } from "@/shared/view/use-view";
import { writeView } from "@/shared/view/view";
import type { ChartCanvas } from "./chart-canvas";

const NOTE_MS = 4_000;

/** Copies a link to what is in view; the sentence says for a while what became of it. */
export function useShare(
  canvas: RefObject<ChartCanvas | null>,
): readonly [share: () => void, note: string] {
  const [view, changeView] = useView();
  const [indicators] = useShownIndicators();
  const [note, setNote] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setNote(""), NOTE_MS);
    return () => clearTimeout(timer);
  }, [note]);

  const share = async () => {
    const shared = { ...view, indicators, range: canvas.current?.range() ?? view.range };
    const isCopied = await copy(location.origin + location.pathname + writeView("", shared));
    // Where nothing may be copied, the address bar holds the link.
    if (!isCopied) changeView(shared, { replace: true });
    const said = isCopied ? text.chart.tools.copied : text.chart.tools.notCopied;
    setNote(said);
    announce(said);
  };
  return [() => void share(), note];
}

async function copy(link: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    return false;
  }
}
