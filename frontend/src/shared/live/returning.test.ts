import { describe, expect, test } from "vitest";
import type { FeedReport } from "@/shared/api/contract";
import type { LiveState } from "./live-store";
import { isBack } from "./returning";

function live(connection: LiveState["connection"], state: FeedReport["state"] | null): LiveState {
  const report = state && ({ state, ageMs: 0, source: "binance", kind: "live" } as const);
  const heard = report && { report, heardAtMs: 0 };
  return { connection, heard, price: null, openBar: null, refusal: null };
}

describe("what calls for a healing", () => {
  test("a connection that is back", () => {
    expect(isBack(live("connected", "live"), live("reconnecting", "live"))).toBe(true);
    expect(isBack(live("connected", null), live("connecting", null))).toBe(true);
  });

  test("a feed that is live again", () => {
    expect(isBack(live("connected", "live"), live("connected", "stale"))).toBe(true);
    expect(isBack(live("connected", "live"), live("connected", "offline"))).toBe(true);
  });

  test("neither the first report nor one like the last, nor one that got worse", () => {
    expect(isBack(live("connected", "live"), live("connected", null))).toBe(false);
    expect(isBack(live("connected", "live"), live("connected", "live"))).toBe(false);
    expect(isBack(live("connected", "stale"), live("connected", "live"))).toBe(false);
    expect(isBack(live("reconnecting", "live"), live("connected", "live"))).toBe(false);
  });
});
