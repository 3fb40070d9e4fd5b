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

  test.each(["live", "delayed", "stale", "offline", "ended"] as const)(
    "a platform that is silent for 10 seconds after %s is lost, whatever the exchange does",
    (state) => {
      expect(judgeFeed("connected", heard(state), 11_000).condition).toBe(state);
      expect(judgeFeed("connected", heard(state), 11_001).condition).toBe("reconnecting");
      expect(judgeFeed("connected", heard(state), 99_000).condition).toBe("reconnecting");
    },
  );

  test("without a network two reports that do not come are enough", () => {
    expect(judgeFeed("connected", heard("live"), 3_000, false).condition).toBe("live");
    expect(judgeFeed("connected", heard("live"), 3_001, false).condition).toBe("reconnecting");
    expect(judgeFeed("connected", heard("live"), 3_001, true).condition).toBe("live");
  });

  test("the age of a lost feed goes on growing", () => {
    expect(judgeFeed("connected", heard("live", 800), 21_000).ageMs).toBe(20_800);
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
