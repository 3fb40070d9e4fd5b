import type { PlatformStatus } from "@/shared/api/status-api";
import { numbers } from "@/shared/format/numbers";
import { spokenSymbol } from "@/shared/market/symbol";
import { text } from "@/shared/text";

/** Trouble wants somebody to act; a notice passes by itself or is good to know. */
export interface Finding {
  readonly severity: "trouble" | "notice";
  readonly sentence: string;
}

type Of<Part extends keyof PlatformStatus> = NonNullable<PlatformStatus[Part]>;

const say = text.status.finding;

function trouble(sentence: string): Finding {
  return { severity: "trouble", sentence };
}

function notice(sentence: string): Finding {
  return { severity: "notice", sentence };
}

export function seriesName(one: { readonly symbol: string; readonly timeframe: string }): string {
  return `${spokenSymbol(one.symbol)} ${one.timeframe}`;
}

export function barCount(bars: number): string {
  return text.status.bars(numbers.whole(bars), bars === 1);
}

const IN_DOUBT: readonly string[] = ["stale", "offline"];

function ofFeed({ state }: Of<"feed">): readonly Finding[] {
  if (state === "live") return [];
  return [(IN_DOUBT.includes(state) ? trouble : notice)(say.feed(state))];
}

function ofService({ name, checks, ...one }: Of<"services">[number]): readonly Finding[] {
  // A newer server may know more states than its description did.
  const state: string = one.state;
  if (state === "ready") return [];
  if (state === "unreachable") return [trouble(say.unreachable(name))];
  if (state !== "not_ready") return [notice(say.inState(name, state))];
  const failed = Object.entries(checks).filter(([, said]) => said !== "ok");
  const why = failed.map(([check, said]) => say.check(check, said)).join(", ");
  return [trouble(say.notReady(name, why))];
}

/** One closed bar is always on its way to its decision. */
const USUALLY_UNDECIDED = 1;

function ofSeries(one: Of<"series">[number]): readonly Finding[] {
  const name = seriesName(one);
  const { candles, decisions } = one;
  const found: Finding[] = [];
  if (candles && candles.holes.bars > 0) {
    found.push(notice(say.holes(name, barCount(candles.holes.bars))));
  }
  if (candles && !candles.history.done) found.push(notice(say.history(name)));
  if (decisions && decisions.undecided > USUALLY_UNDECIDED) {
    found.push(notice(say.behind(name, barCount(decisions.undecided), decisions.waitingFor)));
  }
  return found;
}

function ofModel(one: Of<"models">[number]): readonly Finding[] {
  const name = seriesName(one);
  if (one.abstainsFor === "model_unreadable") return [trouble(say.unreadable(name))];
  if (one.degraded) return [notice(say.degraded(name, one.degradedReason))];
  return one.drift?.isUnusual ? [notice(say.drift(name))] : [];
}

function ofJob(one: Of<"jobs">[number]): readonly Finding[] {
  if (one.lastState !== "failed") return [];
  return [trouble(say.job(one.name, one.failuresInARow, one.lastError))];
}

/** What is not as it should be, troubles first; empty when all is well. */
export function findingsOf(status: PlatformStatus): readonly Finding[] {
  const found = [
    ...ofFeed(status.feed),
    ...status.services.flatMap(ofService),
    ...(status.jobs ?? []).flatMap(ofJob),
    ...(status.models ?? []).flatMap(ofModel),
    ...status.series.flatMap(ofSeries),
  ];
  return found.toSorted(
    (a, b) => Number(a.severity === "notice") - Number(b.severity === "notice"),
  );
}
