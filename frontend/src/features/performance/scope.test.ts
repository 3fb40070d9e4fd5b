import { describe, expect, test } from "vitest";
import { readScope, sinceMs, writeScope } from "./scope";

const ALL_LIVE = { origin: "live", engineVersion: null, since: null };

describe("scope", () => {
  test("the URL says origin, engine and the first day", () => {
    expect(readScope("?origin=historical&engine=716c&since=2024-07-01")).toEqual({
      origin: "historical",
      engineVersion: "716c",
      since: "2024-07-01",
    });
  });

  test.each(["", "?origin=both&engine=../x&since=July", "?since=2024-13-45"])(
    "%j is every live signal",
    (search) => {
      expect(readScope(search)).toEqual(ALL_LIVE);
    },
  );

  test("what was written is read back, and the market stays", () => {
    const scope = { origin: "historical", engineVersion: "ab12", since: "2020-02-29" } as const;
    const search = writeScope("?s=ETH-USDT&tf=1h", scope);
    expect(readScope(search)).toEqual(scope);
    expect(search).toContain("s=ETH-USDT&tf=1h");
  });

  test("what is left open is not spelled out", () => {
    expect(writeScope("?s=ETH-USDT&since=2024-01-01", readScope(""))).toBe("?s=ETH-USDT");
  });

  test("a day begins at midnight UTC", () => {
    expect(sinceMs(readScope("?since=2024-07-01"))).toBe(Date.UTC(2024, 6, 1));
    expect(sinceMs(readScope(""))).toBeNull();
  });
});
