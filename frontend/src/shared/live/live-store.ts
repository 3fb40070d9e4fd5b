import { createStore, type StoreApi } from "zustand/vanilla";
import type { PriceTick, Room } from "@/shared/api/contract";
import type { Bar } from "@/shared/market/bar";
import type { Connection, HeardReport } from "./judge-feed";

/** The bar that is still open in one room. */
export interface OpenBar {
  readonly room: Room;
  readonly bar: Bar;
}

/** The latest of everything that is pushed; nothing here is history. */
export interface LiveState {
  readonly connection: Connection;
  readonly heard: HeardReport | null;
  readonly price: PriceTick | null;
  readonly openBar: OpenBar | null;
  /** Why the server would not let us into the room; null when it did. */
  readonly refusal: string | null;
}

export type LiveStore = StoreApi<LiveState>;

const AT_FIRST: LiveState = {
  connection: "connecting",
  heard: null,
  price: null,
  openBar: null,
  refusal: null,
};

export function createLiveStore(): LiveStore {
  return createStore(() => AT_FIRST);
}
