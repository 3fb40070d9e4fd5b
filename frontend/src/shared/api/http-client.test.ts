import { describe, expect, test } from "vitest";
import { ApiError } from "./api-error";
import { createHttpClient, type Fetch } from "./http-client";
import { createMarketApi } from "./market-api";
import { createMlApi } from "./ml-api";

function answering(status: number, body: unknown, headers: Record<string, string> = {}): Fetch {
  const written = typeof body === "string" ? body : JSON.stringify(body);
  return () => Promise.resolve(new Response(written, { status, headers }));
}

/** A platform that gives one answer, and the requests that it got. */
function listening(body: unknown) {
  const heard: { readonly address: string; readonly request: RequestInit }[] = [];
  const fetch: Fetch = (address, request) => {
    heard.push({ address, request });
    return answering(200, body)(address, request);
  };
  return { http: createHttpClient(fetch), heard };
}

async function errorOf(fetch: Fetch): Promise<ApiError> {
  const failure: unknown = await createHttpClient(fetch)
    .get("/api/market/price", {})
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiError);
  return failure as ApiError;
}

describe("http client", () => {
  test("success is unwrapped to its data", async () => {
    const http = createHttpClient(answering(200, { success: true, data: { price: 1 } }));
    expect(await http.get("/api/market/price", {})).toEqual({ price: 1 });
  });

  test("a refusal keeps the server's sentence, status and request id", async () => {
    const body = {
      success: false,
      error: { message: "Unknown timeframe: 7m.", requestId: "r-1" },
    };
    const error = await errorOf(answering(400, body));
    expect(error).toMatchObject({
      message: "Unknown timeframe: 7m.",
      status: 400,
      requestId: "r-1",
      isTransient: false,
    });
  });

  test("the request id may come in the header", async () => {
    const body = { success: false, error: { message: "Market is down." } };
    const error = await errorOf(answering(503, body, { "X-Request-ID": "r-2" }));
    expect(error).toMatchObject({ requestId: "r-2", isTransient: true });
  });

  test("an answer that is not ours is an error with its status", async () => {
    expect(await errorOf(answering(502, "<html>Bad Gateway</html>"))).toMatchObject({
      status: 502,
    });
    expect(await errorOf(answering(200, "<html>"))).toMatchObject({ status: 200 });
    expect(await errorOf(answering(200, "null"))).toMatchObject({ status: 200 });
  });

  test.each([{ success: false }, { success: false, error: null }, { success: false, error: {} }])(
    "the refusal %j, which gives no reason, is an answer that cannot be read",
    async (body) => {
      expect(await errorOf(answering(500, body))).toMatchObject({
        message: "The answer could not be read (HTTP 500).",
        status: 500,
      });
    },
  );

  test("a body without an envelope is no data where there should be one", async () => {
    expect(await errorOf(answering(200, {}))).toMatchObject({ status: 200 });
  });

  test("a body without an envelope is none where its status is a refusal", async () => {
    const http = createHttpClient(answering(404, { detail: "No such model." }));
    await expect(http.getBare("/api/ml/models", {})).rejects.toMatchObject({
      message: "No such model.",
      status: 404,
    });
  });

  test("no answer at all may be tried again", async () => {
    const lost = await errorOf(() => Promise.reject(new TypeError("Failed to fetch")));
    expect(lost).toMatchObject({ status: null, isTransient: true });
    const late = await errorOf(() => Promise.reject(new DOMException("late", "TimeoutError")));
    expect(late).toMatchObject({ status: null, isTransient: true });
    expect(late.message).toMatch(/in time/);
  });

  test("a question that was called off is no failure of the platform", async () => {
    const asking = new AbortController();
    const http = createHttpClient((_, { signal }) => {
      asking.abort();
      return Promise.reject(signal?.reason as Error);
    });
    const asked = http.get("/api/market/price", { signal: asking.signal });
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  });

  test("what is not given is not asked for", async () => {
    const { http, heard } = listening({ success: true, data: null });
    await http.get("/api/signals/history", {
      query: { symbol: "ETH/USDT", timeframe: "1h", side: undefined, limit: 5 } as never,
    });
    expect(heard[0]?.address).toBe("/api/signals/history?symbol=ETH%2FUSDT&timeframe=1h&limit=5");
  });
});

describe("market api", () => {
  test("a range becomes since and until, rows become bars", async () => {
    const { http, heard } = listening({
      success: true,
      data: { symbol: "ETHUSDT", timeframe: "1h", closedUntil: 2, candles: [[1, 2, 4, 1, 3, 9]] },
    });
    const range = {
      symbol: "ETH/USDT",
      timeframe: "1h",
      limit: 5,
      sinceMs: 0,
      untilMs: 9,
    } as const;
    expect(await createMarketApi(http).candles(range)).toEqual([
      { openMs: 1, open: 2, high: 4, low: 1, close: 3, volume: 9 },
    ]);
    expect(heard[0]?.address).toBe(
      "/api/market/candles?symbol=ETH%2FUSDT&timeframe=1h&limit=5&since=0&until=9",
    );
  });
});

describe("ml api", () => {
  test("a bar is posted, and the bare answer is all there is", async () => {
    const { http, heard } = listening({ direction: "up", abstained: false });
    const api = createMlApi(http);
    expect(await api.predict("ETH/USDT", "1h", 7)).toEqual({ direction: "up", abstained: false });
    expect(heard[0]).toMatchObject({
      address: "/api/ml/predict",
      request: { method: "POST", headers: { "Content-Type": "application/json" } },
    });
    expect(JSON.parse(heard[0]?.request.body as string)).toEqual({
      symbol: "ETH/USDT",
      timeframe: "1h",
      timestamp: 7,
    });
  });
});
