import { afterEach, expect, test } from "vitest";
import { changeSettings } from "@/shared/settings/settings";
import { createTimeFormat, times, wallMs } from "./times";

const CRASH_MS = Date.UTC(2024, 7, 5, 1, 10);
const WINTER_MS = Date.UTC(2024, 0, 5, 23, 30);

afterEach(() => changeSettings({ timeZone: "utc" }));

test("times are UTC on a 24-hour clock", () => {
  const utc = createTimeFormat("en-GB", "UTC");
  expect(utc.clock(CRASH_MS)).toBe("01:10");
  expect(utc.moment(CRASH_MS)).toBe("5 Aug 2024, 01:10");
  expect(utc.day(CRASH_MS)).toBe("5 Aug 2024");
  expect(utc.zone(CRASH_MS)).toBe("UTC");
});

test("local times follow the reader's clock through summer and winter", () => {
  const local = createTimeFormat("en-GB", "Europe/Berlin");
  expect(local.clock(CRASH_MS)).toBe("03:10");
  expect(local.moment(WINTER_MS)).toBe("6 Jan 2024, 00:30");
  expect(local.zone(CRASH_MS)).not.toBe(local.zone(WINTER_MS));
});

test("a day stays the UTC day in every zone", () => {
  expect(createTimeFormat("en-GB", "Europe/Berlin").day(WINTER_MS)).toBe("5 Jan 2024");
});

test("the day that a time of day follows is the zone's own", () => {
  expect(createTimeFormat("en-GB", "Europe/Berlin").dateHere(WINTER_MS)).toBe("6 Jan");
  expect(createTimeFormat("en-GB", "UTC").dateHere(WINTER_MS)).toBe("5 Jan");
});

test("the chosen zone is used at once", () => {
  expect(times.moment(CRASH_MS)).toBe(createTimeFormat(undefined, "UTC").moment(CRASH_MS));
  changeSettings({ timeZone: "local" });
  expect(times.moment(CRASH_MS)).toBe(createTimeFormat().moment(CRASH_MS));
});

test("a clock on the wall shows what the chosen zone's times say", () => {
  expect(wallMs(WINTER_MS)).toBe(WINTER_MS);
  changeSettings({ timeZone: "local" });
  const shown = createTimeFormat("en-GB", "UTC").moment(wallMs(CRASH_MS));
  expect(shown).toBe(createTimeFormat("en-GB").moment(CRASH_MS));
});

test("midnight is 00:00, not 24:00", () => {
  expect(createTimeFormat("en-US", "UTC").clock(Date.UTC(2024, 7, 5))).toBe("00:00");
});
