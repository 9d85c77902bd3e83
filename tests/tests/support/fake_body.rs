//! Bodies of responses that come in chunk by chunk, as the script has it.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::{Error, ErrorKind, Read};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;

use super::{Chunk, End, Fake, failure};
use crate::runtime::{Chunks, Pending, TransportError, TransportKind};

/// A body that is waited for.
pub(super) struct Played {
    pub(super) fake: Fake,
    pub(super) chunks: VecDeque<Chunk>,
    pub(super) end: End,
    /// When the next chunk comes, once it is waited for.
    pub(super) due: Option<Duration>,
}

impl Played {
    /// Returns whether the time has come that the next chunk takes.
    fn is_due(&mut self, takes: Duration) -> bool {
        let mut state = self.fake.state();
        let is_first = self.due.is_none();
        let due = *self.due.get_or_insert(state.now + takes);
        if !is_first {
            // Whoever waits for less has had the time to say so.
            state.now = state.now.max(due);
        }
        let is_due = state.now >= due;
        state.due = (!is_due).then_some(due);
        is_due
    }
}

impl Chunks for Played {
    fn chunk(&mut self) -> Pending<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(poll_fn(|context| match (self.chunks.front(), self.end) {
            (Some((takes, _)), _) => {
                let takes = *takes;
                if !self.is_due(takes) {
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                self.due = None;
                Poll::Ready(Ok(self.chunks.pop_front().map(|(_, chunk)| chunk)))
            }
            (None, End::Complete) => Poll::Ready(Ok(None)),
            (None, End::Cut) => Poll::Ready(Err(failure(TransportKind::Interrupted))),
            (None, End::Stalled) => Poll::Pending,
        }))
    }
}

/// A body that blocks who reads it, no longer than the limits allow.
pub(super) struct ReadAloud {
    pub(super) fake: Fake,
    pub(super) chunks: VecDeque<Chunk>,
    pub(super) end: End,
    /// When the time of the whole response is over.
    pub(super) limit: Option<Duration>,
    pub(super) idle: Option<Duration>,
}

impl ReadAloud {
    /// Waits for what comes after `takes`; never, where there is none.
    fn wait(&self, takes: Option<Duration>) -> std::io::Result<()> {
        let mut state = self.fake.state();
        let limits = [self.limit, self.idle.map(|idle| state.now + idle)];
        let limit = limits.into_iter().flatten().min();
        let due = takes.map(|takes| state.now + takes);
        let is_late = match (due, limit) {
            (Some(due), Some(limit)) => due > limit,
            (due, _) => due.is_none(),
        };
        if is_late {
            state.now = state.now.max(limit.expect("a script that stalls wants a limit"));
            return Err(Error::from(ErrorKind::TimedOut));
        }
        state.now = due.unwrap_or(state.now);
        Ok(())
    }
}

impl Read for ReadAloud {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some((takes, chunk)) = self.chunks.front().cloned() else {
            return match self.end {
                End::Complete => Ok(0),
                End::Cut => Err(Error::from(ErrorKind::ConnectionReset)),
                End::Stalled => self.wait(None).map(|()| 0),
            };
        };
        self.wait(Some(takes))?;
        let count = chunk.len().min(buffer.len());
        buffer[..count].copy_from_slice(&chunk[..count]);
        self.chunks.pop_front();
        if count < chunk.len() {
            self.chunks.push_front((Duration::ZERO, chunk.slice(count..)));
        }
        Ok(count)
    }
}
