"""The leader's part put together: the stream, what becomes of its frames, and the upkeep."""

from dataclasses import dataclass

from market_service.broadcast_feed import FeedBroadcast
from market_service.broadcast_market import MarketBroadcast
from market_service.feed_monitor import FeedMonitor
from market_service.frames import KlineFrame
from market_service.judge_frame import FrameJudge
from market_service.keep_collected import Upkeep
from market_service.live_stream import LiveStream, MarketFrame
from market_service.quality.sampler import FeedSampler
from market_service.settings import MarketSettings
from market_service.write_closed_candles import ClosedCandleWriter
from service_kit.background import Work, run_together
from service_kit.clock import Clock
from service_kit.series import Series


@dataclass(frozen=True, slots=True)
class FrameSink:
    """Takes every good frame without waiting for anything."""

    judge: FrameJudge
    writer: ClosedCandleWriter
    broadcast: MarketBroadcast

    def receive(self, frame: MarketFrame) -> None:
        if not isinstance(frame, KlineFrame):
            self.broadcast.offer_price(frame)
        elif not self.judge.admits(frame):
            return
        elif frame.closed:
            self.writer.offer(frame.candle)
            self.broadcast.offer_closed(frame.candle)
        else:
            self.broadcast.offer_open(frame.candle)


def feed_work(
    settings: MarketSettings,
    series: tuple[Series, ...],
    clock: Clock,
    monitor: FeedMonitor,
    upkeep: Upkeep,
    sink: FrameSink,
    states: FeedBroadcast,
    sampler: FeedSampler,
) -> Work:
    """What to run while this instance leads."""
    stream = LiveStream(settings.ws_urls, series, sink.receive, upkeep.connected, monitor, clock)
    works = {
        "live_stream": stream.run,
        "upkeep": upkeep.run,
        "broadcast_market": sink.broadcast.run,
        "broadcast_feed": states.run,
        "sample_feed": sampler.run,
    }
    return lambda: run_together(works)
