import { typedTimeframe, type Timeframe } from "@/shared/market/timeframe";

export interface Typing {
  /** What stands in the box; empty when there is none. */
  readonly typed: string;
  readonly chosen: Timeframe | null;
}

const NOTHING: Typing = { typed: "", chosen: null };
const LONGEST = 4;

/** What a key makes of what was typed. A digit starts; digits and m, h, d go on. */
export function typeKey(typed: string, key: string): Typing {
  if (key === "Enter") return { typed: "", chosen: typedTimeframe(typed) };
  if (key === "Escape") return NOTHING;
  if (key === "Backspace") return { typed: typed.slice(0, -1), chosen: null };
  const isNext = /^\d$/.test(key) || (typed !== "" && /^[mhd]$/i.test(key));
  return isNext && typed.length < LONGEST
    ? { typed: typed + key, chosen: null }
    : { typed, chosen: null };
}
