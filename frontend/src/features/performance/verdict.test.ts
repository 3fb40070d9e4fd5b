import { describe, expect, test } from "vitest";
import { part } from "./breakdown-builder";
import { judge, meanInterval, randomInterval } from "./verdict";

const RANDOM = { low: -0.2, at: -0.14, high: -0.08 };

describe("verdict", () => {
  test("an interval above zero gained, one below lost, one around it says nothing", () => {
    expect(judge({ low: 0.01, at: 0.2, high: 0.4 }, null)?.money).toBe("gained");
    expect(judge({ low: -0.4, at: -0.2, high: -0.01 }, null)?.money).toBe("lost");
    expect(judge({ low: -0.01, at: 0.2, high: 0.4 }, null)?.money).toBe("unclear");
    expect(judge({ low: 0, at: 0.2, high: 0.4 }, null)?.money).toBe("unclear");
  });

  test("what random entries reached in nine of ten draws is no better than luck", () => {
    expect(judge({ low: -0.1, at: -0.07, high: 0 }, RANDOM)?.luck).toBe("better");
    expect(judge({ low: -0.3, at: -0.08, high: 0 }, RANDOM)?.luck).toBe("alike");
    expect(judge({ low: -0.3, at: -0.21, high: 0 }, RANDOM)?.luck).toBe("worse");
  });

  test("without random entries nothing is said of luck", () => {
    expect(judge({ low: 0.1, at: 0.2, high: 0.3 }, null)).toEqual({ money: "gained", luck: null });
  });

  test("too few outcomes have no interval and no verdict", () => {
    const few = part({ n: 29, meanNetR: null, netRStandardError: null });
    expect(judge(meanInterval(few), RANDOM)).toBeNull();
  });

  test("a mean's interval reaches 1.96 standard errors to either side", () => {
    const mean = meanInterval(part({ meanNetR: 0.2, netRStandardError: 0.1 }));
    expect(mean?.low).toBeCloseTo(0.004);
    expect(mean?.high).toBeCloseTo(0.396);
  });

  test("a random entry made the end of the random paths, shared among all", () => {
    const randomEntries = {
      draws: 1000,
      seed: 0,
      mean: [-1, -14],
      percentile5: [-3, -20],
      percentile95: [1, -8],
    };
    const equity = {
      thinned: false,
      exitMs: [1, 2],
      side: [],
      netR: [],
      cumulativeNetR: [],
      baselines: { alwaysHoldNetR: 0, buyAndHoldPercent: null, randomEntries },
    };
    expect(randomInterval(equity, 100)).toEqual({ low: -0.2, at: -0.14, high: -0.08 });
    expect(randomInterval({ ...equity, baselines: null }, 100)).toBeNull();
  });
});
