import { useEffect, useRef } from "react";
import { announce } from "@/shared/announce/announce";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import type { FeedCondition } from "@/shared/live/judge-feed";
import { useFeedJudgement, useLive } from "@/shared/live/live-context";
import { barMs } from "@/shared/market/timeframe";
import { text } from "@/shared/text";
import { FeedReason } from "./FeedReason";
import { FeedSource } from "./FeedSource";
import { ModelWord } from "./ModelWord";

const COLOURS: Readonly<Record<FeedCondition, string>> = {
  connecting: "text-neutral",
  live: "text-up",
  delayed: "text-warn",
  stale: "text-down",
  offline: "text-down",
  ended: "text-neutral",
  unknown: "text-warn",
  reconnecting: "text-warn",
};

const MINUTE_MS = 60_000;

function ageInWords(ageMs: number): string {
  if (ageMs < MINUTE_MS) return text.feed.seconds(numbers.seconds(ageMs));
  return text.feed.minutes(Math.floor(ageMs / MINUTE_MS));
}

function reasonOf(condition: FeedCondition): string | null {
  const reasons: Partial<Record<FeedCondition, string>> = text.feed.reason;
  return reasons[condition] ?? null;
}

function useAnnouncedChange(condition: FeedCondition): void {
  const before = useRef(condition);
  useEffect(() => {
    if (before.current !== condition && before.current !== "connecting") {
      announce(text.feed.announced(condition));
    }
    before.current = condition;
  }, [condition]);
}

/** How far the screen is to be believed: the feed's state, its source and its age. */
export function FeedState() {
  const { condition, ageMs, isDoubtful } = useFeedJudgement();
  const refusal = useLive((state) => state.refusal);
  useAnnouncedChange(condition);
  const reason = refusal === null ? reasonOf(condition) : text.feed.refused(refusal);
  return (
    <section
      aria-label={text.feed.region}
      data-testid="feed-state"
      data-state={condition}
      className="gap-x-4 text-axis whitespace-nowrap text-muted md:flex"
    >
      <div className="flex h-7 min-w-0 items-center gap-x-3">
        <span className={`font-semibold ${COLOURS[condition]}`}>
          <span aria-hidden="true">● </span>
          {text.feed.state(condition)}
        </span>
        <FeedSource />
        {ageMs !== null && condition !== "ended" && (
          <span>{text.feed.tick(ageInWords(ageMs))}</span>
        )}
        {!reason && <BarCloses />}
      </div>
      <div className="flex h-7 min-w-0 items-center gap-x-3 md:ml-auto">
        {reason ? <FeedReason reason={reason} isDoubtful={isDoubtful} /> : <ModelWord />}
        <p className={`ml-auto md:ml-0 ${reason ? "max-md:hidden" : ""}`}>{text.notAdvice}</p>
      </div>
    </section>
  );
}

function BarCloses() {
  const open = useLive((state) => state.openBar);
  if (!open) return null;
  const closesMs = open.bar.openMs + barMs(open.room.timeframe);
  return (
    <span className="hidden lg:inline">
      {text.feed.barCloses(times.clock(closesMs), times.zone(closesMs))}
    </span>
  );
}
