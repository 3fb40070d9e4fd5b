import { announce } from "@/shared/announce/announce";
import { useCommand } from "@/shared/commands/use-command";
import { selectSignal, useShownSignal } from "@/shared/signals/selection";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { useView } from "@/shared/view/use-view";
import { signalInWords } from "./signal-in-words";
import { nextTrade, type Step } from "./signal-walk";
import { useTrades } from "./use-trades";

const words = text.signals.walk;

/** Keys that select the BUY or SELL after and before the shown one. */
export function useSignalWalk(): void {
  const [{ symbol, timeframe }] = useView();
  const { signals, hasMore, readMore } = useTrades(symbol, timeframe);
  const shown = useShownSignal(symbol, timeframe) ?? null;
  const walk = (step: Step) => {
    if (!signals) return;
    const next = nextTrade(signals, shown, step);
    if (next) selectSignal(next);
    else if (step === "down" && hasMore) readMore();
    announce(next ? said(next) : endOf(signals, step));
  };
  const run = { down: () => walk("down"), up: () => walk("up") };
  useCommand({ id: "next signal", group: "signal", name: words.next, key: "j", run: run.down });
  useCommand({
    id: "previous signal",
    group: "signal",
    name: words.previous,
    key: "k",
    run: run.up,
  });
}

function said(signal: TradeSignal): string {
  const { side, at, score, state } = signalInWords(signal);
  return words.selected(side, at, score, state);
}

function endOf(signals: readonly TradeSignal[], step: Step): string {
  if (signals.length === 0) return words.none;
  return step === "down" ? words.oldest : words.newest;
}
