import { describe, expect, test } from "vitest";
import type { ModelStatement } from "@/shared/api/ml-api";
import { explained } from "./model-contributions";

const STATEMENT = {
  direction: "up",
  abstained: false,
  model_id: "m-1",
  contributions: { return_24: 0.02, trend: -0.07, bias: 0.1, rest: -0.01 },
} as unknown as ModelStatement;

describe("what moved the model", () => {
  test("features come weightiest first; with bias and rest they add up to the margin", () => {
    const explanation = explained(STATEMENT, "m-1");
    if (explanation.kind !== "told") throw new Error(explanation.kind);
    const { features, bias, rest, margin } = explanation.contributions;
    expect(features.map(({ name }) => name)).toEqual(["trend", "return 24"]);
    const sum = features.reduce((total, { logOdds }) => total + logOdds, bias + rest);
    expect(Math.abs(sum - margin)).toBeLessThan(1e-9);
  });

  test("another model than the one that spoke explains nothing", () => {
    expect(explained(STATEMENT, "m-0").kind).toBe("other-model");
  });

  test("a model that abstains now is silent", () => {
    expect(explained({ ...STATEMENT, abstained: true }, "m-1").kind).toBe("silent");
    expect(explained({ ...STATEMENT, contributions: null }, "m-1").kind).toBe("silent");
  });
});
