import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { changeSettings } from "@/shared/settings/settings";
import { barTime, barTimeInZone, barZone } from "./bar-time";

const MIDNIGHT_MS = Date.UTC(2024, 7, 3);

describe("the time of a bar, to a reader behind UTC", () => {
  beforeEach(() => {
    vi.stubEnv("TZ", "America/New_York");
    changeSettings({ timeZone: "local" });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    changeSettings({ timeZone: "utc" });
  });

  test("of a day is that day, in UTC", () => {
    expect(barTime(MIDNIGHT_MS, "1d")).toMatch(/Aug 3, 2024$/);
    expect(barZone(MIDNIGHT_MS, "1d")).toBe("UTC");
    expect(barTimeInZone(MIDNIGHT_MS, "1d")).toMatch(/Aug 3, 2024 UTC$/);
  });

  test("of anything shorter says its own zone", () => {
    const { barZone: zone } = { barZone };
    expect(barTimeInZone(MIDNIGHT_MS, "4h")).toBe(
      `${barTime(MIDNIGHT_MS, "4h")} ${zone(MIDNIGHT_MS, "4h")}`,
    );
  });
});
