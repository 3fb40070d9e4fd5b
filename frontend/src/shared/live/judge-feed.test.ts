import { describe, expect, test } from "vitest";
import type { FeedReport } from "@/shared/api/contract";
import { judgeFeed } from "./judge-feed";

function heard(state: FeedReport["state"], ageMs: number | null = 800) {
  return { report: { state, ageMs, source: "binance", kind: "live" } as const, heardAtMs: 1_000 };
}

describe("judging the feed", () => {
  test("before the first report it is connecting", () => {
    expect(judgeFeed("connecting", null, 0).condition).toBe("connecting");
    expect(judgeFeed("connected", null, 0).condition).toBe("connecting");
  });

  test.each(["live", "delayed", "stale", "offline", "ended"] as const)(
    "a fresh report of %s is believed",
    (state) => {
      expect(judgeFeed("connected", heard(state), 1_500).condition).toBe(state);
    },
  );

  test("the age grows while nothing is heard", () => {
    expect(judgeFeed("connected", heard("live", 800), 3_000).ageMs).toBe(2_800);
    expect(judgeFeed("connected", heard("offline", null), 3_000).ageMs).toBeNull();
  });

  test("a silent reporter is delayed after 10 seconds and stale after 30", () => {
    expect(judgeFeed("connected", heard("live"), 11_000).condition).toBe("live");
    expect(judgeFeed("connected", heard("live"), 11_001).condition).toBe("delayed");
    expect(judgeFeed("connected", heard("live"), 31_001).condition).toBe("stale");
  });

  test("silence does not make an ended or stale feed better", () => {
    expect(judgeFeed("connected", heard("ended"), 99_000).condition).toBe("ended");
    expect(judgeFeed("connected", heard("stale"), 12_000).condition).toBe("stale");
  });

  test("a lost connection is reconnecting, with or without a report", () => {
    expect(judgeFeed("reconnecting", heard("live"), 1_000).condition).toBe("reconnecting");
    expect(judgeFeed("reconnecting", null, 1_000).condition).toBe("reconnecting");
  });

  test("only a price that may have moved is doubtful", () => {
    const doubtful = (state: FeedReport["state"]) =>
      judgeFeed("connected", heard(state), 1_000).isDoubtful;
    expect(["live", "delayed", "ended"].some((state) => doubtful(state as "live"))).toBe(false);
    expect(doubtful("stale")).toBe(true);
    expect(doubtful("offline")).toBe(true);
    expect(judgeFeed("reconnecting", heard("live"), 1_000).isDoubtful).toBe(true);
    expect(judgeFeed("connecting", null, 1_000).isDoubtful).toBe(false);
  });
});
