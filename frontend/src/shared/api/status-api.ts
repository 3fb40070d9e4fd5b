import type { DataOf } from "./contract";
import type { HttpClient } from "./http-client";

export type PlatformStatus = DataOf<"/api/status">;

export interface StatusApi {
  /** How each part of the platform is; whatever is away is told in it, so it answers all the same. */
  platform(signal?: AbortSignal): Promise<PlatformStatus>;
}

export function createStatusApi(http: HttpClient): StatusApi {
  return { platform: (signal) => http.get("/api/status", { signal }) };
}
