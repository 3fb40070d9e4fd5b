import { AxiosError, type AxiosAdapter, type InternalAxiosRequestConfig } from "axios";
import { describe, expect, test } from "vitest";
import { ApiError } from "./api-error";
import { createHttpClient } from "./http-client";
import { createMarketApi } from "./market-api";
import { createMlApi } from "./ml-api";

function answering(
  status: number,
  data: unknown,
  headers: Record<string, string> = {},
): AxiosAdapter {
  return (config) => {
    const response = { status, statusText: "", data, headers, config };
    if (status < 400) return Promise.resolve(response);
    return Promise.reject(new AxiosError("refused", undefined, config, null, response));
  };
}

function failing(code: string): AxiosAdapter {
  return (config) => Promise.reject(new AxiosError("no answer", code, config));
}

async function errorOf(adapter: AxiosAdapter): Promise<ApiError> {
  const failure: unknown = await createHttpClient(adapter)
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
    const error = await errorOf(answering(503, body, { "x-request-id": "r-2" }));
    expect(error).toMatchObject({ requestId: "r-2", isTransient: true });
  });

  test("an answer that is not ours is an error with its status", async () => {
    expect(await errorOf(answering(502, "<html>Bad Gateway</html>"))).toMatchObject({
      status: 502,
    });
    expect(await errorOf(answering(200, "<html>"))).toMatchObject({ status: 200 });
  });

  test("no answer at all may be tried again", async () => {
    expect(await errorOf(failing(AxiosError.ERR_NETWORK))).toMatchObject({
      status: null,
      isTransient: true,
    });
    const timeout = await errorOf(failing(AxiosError.ECONNABORTED));
    expect(timeout.message).toMatch(/in time/);
  });
});

describe("market api", () => {
  test("a range becomes since and until, rows become bars", async () => {
    const asked: InternalAxiosRequestConfig[] = [];
    const page = {
      symbol: "ETHUSDT",
      timeframe: "1h",
      closedUntil: 2,
      candles: [[1, 2, 4, 1, 3, 9]],
    };
    const api = createMarketApi(
      createHttpClient((config) => {
        asked.push(config);
        return answering(200, { success: true, data: page })(config);
      }),
    );
    const range = {
      symbol: "ETH/USDT",
      timeframe: "1h",
      limit: 5,
      sinceMs: 0,
      untilMs: 9,
    } as const;
    expect(await api.candles(range)).toEqual([
      { openMs: 1, open: 2, high: 4, low: 1, close: 3, volume: 9 },
    ]);
    expect(asked[0]?.params).toEqual({
      symbol: "ETH/USDT",
      timeframe: "1h",
      limit: 5,
      since: 0,
      until: 9,
    });
  });
});

describe("ml api", () => {
  test("a bar is posted, and the bare answer is all there is", async () => {
    const asked: InternalAxiosRequestConfig[] = [];
    const api = createMlApi(
      createHttpClient((config) => {
        asked.push(config);
        return answering(200, { direction: "up", abstained: false })(config);
      }),
    );
    expect(await api.predict("ETH/USDT", "1h", 7)).toEqual({ direction: "up", abstained: false });
    expect(JSON.parse(String(asked[0]?.data))).toEqual({
      symbol: "ETH/USDT",
      timeframe: "1h",
      timestamp: 7,
    });
  });
});
