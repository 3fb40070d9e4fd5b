import { describe, expect, test } from "vitest";
import type { PlatformStatus } from "@/shared/api/status-api";
import { model, platformStatus } from "@/shared/status/status-builder";
import { modelWord } from "./model-word";

function word(models: PlatformStatus["models"]): string {
  return modelWord(platformStatus({ models }), "ETH/USDT", "1h");
}

const DRIFT = { bars: 250, psi: 0.1, usualPsi: 0.2, extent: "small", isUnusual: false } as const;

describe("the model's word", () => {
  test("a model that serves is named with its drift", () => {
    expect(word([model({ drift: DRIFT })])).toBe("model 6834301, drift OK");
    expect(word([model({ drift: { ...DRIFT, isUnusual: true } })])).toMatch(/drift unusual$/);
    expect(word([model({ drift: null })])).toMatch(/drift not known yet$/);
    expect(word([model({ degraded: true, drift: DRIFT })])).toMatch(/degraded$/);
  });

  test("without a model that may speak it is rules only, with the reason", () => {
    expect(word([model({ modelId: null, abstainsFor: "no_model" })])).toBe(
      "rules only: no model yet",
    );
    expect(word([model({ abstainsFor: "no_skill" })])).toBe("rules only: model without skill");
    expect(word([model({ abstainsFor: "on_strike" })])).toBe("rules only");
  });

  test("while nobody tells of it, it is not known", () => {
    expect(word(null)).toBe("model not known");
    expect(word([model({ timeframe: "4h" })])).toBe("model not known");
  });
});
