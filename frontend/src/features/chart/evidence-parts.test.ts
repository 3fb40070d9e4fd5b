import { describe, expect, test } from "vitest";
import { emphasisOf } from "./evidence-parts";

const DRAWN = ["ema9", "rsi", "volume"] as const;

describe("evidence on the chart", () => {
  test("a family lights its parts and dims the others", () => {
    expect(emphasisOf("rsi", "momentum", DRAWN)).toBe("lit");
    expect(emphasisOf("ema9", "momentum", DRAWN)).toBe("dim");
  });

  test.each([null, "volatility", "ml", "astrology", "constructor"])(
    "%j, of which nothing is drawn, dims nothing",
    (family) => {
      expect(emphasisOf("rsi", family, DRAWN)).toBe("plain");
    },
  );
});
