import { numbers } from "@/shared/format/numbers";
import type { Bar } from "@/shared/market/bar";
import { sideOf, type TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { indexAt } from "./bar-series";
import type { Pattern } from "./use-patterns";

/** What is marked at a bar. */
export interface Mark {
  /** Of the signal or pattern. */
  readonly id: string;
  readonly kind: "signal" | "pattern";
  readonly openMs: number;
  /** +1 points up from below the bar, −1 down from above it, 0 neither. */
  readonly direction: 1 | 0 | -1;
  /** A signal that only continues one that still runs, or a pattern. */
  readonly isMinor: boolean;
  /** The one whose card is open. */
  readonly isShown: boolean;
  /** Beside the mark; empty where there is no room. */
  readonly label: string;
  /** All of it in words. */
  readonly words: string;
}

/** The width of a label where bars have their usual one. */
const BARS_A_LABEL = 6;

const DIRECTIONS: Readonly<Record<string, 1 | -1>> = { bullish: 1, bearish: -1 };

function signalMark(signal: TradeSignal, shownId: string | null): Mark {
  const { id, openMs, type, confidence, raw } = signal;
  const isShown = id === shownId;
  const chance = numbers.chance(confidence);
  const certainty = raw.calibrated ? chance : text.chart.mark.uncalibrated(chance);
  return {
    id,
    kind: "signal",
    openMs,
    direction: sideOf(signal),
    isMinor: raw.continues !== null && !isShown,
    isShown,
    label: isShown ? `${text.signal.side(type)} ${chance}` : text.signal.side(type),
    words: text.chart.mark.signal(
      `${text.signal.glyph(type)} ${text.signal.side(type)}`,
      certainty,
      text.signal.status(signal.status),
    ),
  };
}

function patternMark({ id, timestamp, patternType, signal, strength }: Pattern): Mark {
  return {
    id,
    kind: "pattern",
    openMs: timestamp,
    direction: DIRECTIONS[signal] ?? 0,
    isMinor: true,
    isShown: false,
    label: "",
    words: text.chart.mark.pattern(patternType, signal, strength),
  };
}

/** The marks of the bars that are drawn, in their order, the signals of a bar after its patterns. */
export function marksOf(
  bars: readonly Bar[],
  signals: readonly TradeSignal[],
  patterns: readonly Pattern[],
  shownId: string | null,
): readonly Mark[] {
  const drawn = new Set(bars.map(({ openMs }) => openMs));
  const marks = [
    ...patterns.map(patternMark),
    ...signals.map((signal) => signalMark(signal, shownId)),
  ];
  const inOrder = marks
    .filter(({ openMs }) => drawn.has(openMs))
    .sort((one, other) => one.openMs - other.openMs);
  return withRoomForLabels(bars, inOrder);
}

/** Without the labels that would be written over the one before, or over the shown signal's. */
function withRoomForLabels(bars: readonly Bar[], marks: readonly Mark[]): readonly Mark[] {
  const shown = marks.find(({ isShown }) => isShown);
  const shownIndex = shown ? indexAt(bars, shown.openMs) : -Infinity;
  let roomFrom = 0;
  return marks.map((mark) => {
    if (mark.label === "" || mark.isShown) return mark;
    const index = indexAt(bars, mark.openMs);
    const isCovered = index < roomFrom || Math.abs(index - shownIndex) < BARS_A_LABEL;
    if (mark.isMinor || isCovered) return { ...mark, label: "" };
    roomFrom = index + BARS_A_LABEL;
    return mark;
  });
}

/** What is left of the marks where bars are narrow: signals, and the shown one's label. */
export function sparse(marks: readonly Mark[]): readonly Mark[] {
  return marks
    .filter(({ kind }) => kind === "signal")
    .map((mark) => (mark.isShown ? mark : { ...mark, label: "" }));
}

/** By the open time of their bar. */
export function marksByBar(marks: readonly Mark[]): ReadonlyMap<number, readonly Mark[]> {
  const byBar = new Map<number, Mark[]>();
  for (const mark of marks) {
    const beside = byBar.get(mark.openMs);
    if (beside) beside.push(mark);
    else byBar.set(mark.openMs, [mark]);
  }
  return byBar;
}
