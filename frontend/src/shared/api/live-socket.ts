import { io, type Socket } from "socket.io-client";
import type { ClientEvents } from "./contract";

/** What the server sends is unknown until one of the readers of read-events.ts took it. */
type ServerEvents = Record<string, (payload: unknown) => void>;

export type LiveSocket = Pick<
  Socket<ServerEvents, ClientEvents>,
  "on" | "onAny" | "emit" | "timeout" | "connected" | "connect" | "disconnect"
>;

const RETURN_AFTER_MS = 2_000;

/** The gateway's socket on this origin, WebSocket first; whatever ends it, it comes back. */
export function connectLiveSocket(): LiveSocket {
  const socket: Socket<ServerEvents, ClientEvents> = io({
    path: "/socket.io",
    transports: ["websocket", "polling"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });
  // The library retries lost transports by itself, but not a server that sent us away.
  const returnWhenSentAway = () => {
    if (!socket.active) setTimeout(() => socket.connect(), RETURN_AFTER_MS);
  };
  socket.on("disconnect", returnWhenSentAway);
  socket.on("connect_error", returnWhenSentAway);
  return socket;
}
