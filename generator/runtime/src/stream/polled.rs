//! A stream over a source of items that is polled.

use std::future::{Future, poll_fn};
use std::mem;
use std::task::{Context, Poll, ready};

use crate::runtime::client::transport::Pending;

/// A source of items that are made from data which arrives over time.
pub(crate) trait ItemSource: Send + 'static {
    /// The items.
    type Item;

    /// Returns the next item if it is available without waiting.
    fn take(&mut self) -> Polled<Self::Item>;

    /// Waits for more data.
    fn fill(&mut self) -> impl Future<Output = ()> + Send;
}

/// The result of polling a source.
#[derive(Debug)]
pub(crate) enum Polled<T> {
    /// The next item.
    Item(T),
    /// More data is needed.
    More,
    /// There are no more items.
    End,
}

/// The items of a source as a stream.
///
/// The pending future is stored here, so that no data is lost if the caller drops its own future.
pub(crate) struct PolledStream<S>(pub(crate) State<S>);

/// The state of a stream.
pub(crate) enum State<S> {
    /// No future is pending.
    Idle(Box<S>),
    /// A future is pending. It returns the source.
    Waiting(Pending<'static, Box<S>>),
    /// The end.
    Over,
}

impl<S: ItemSource> PolledStream<S> {
    pub(crate) fn new(source: S) -> Self {
        Self(State::Idle(Box::new(source)))
    }

    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        loop {
            match &mut self.0 {
                State::Over => return Poll::Ready(None),
                State::Waiting(waiting) => {
                    let source = ready!(waiting.as_mut().poll(context));
                    self.0 = State::Idle(source);
                }
                State::Idle(source) => match source.take() {
                    Polled::Item(item) => return Poll::Ready(Some(item)),
                    Polled::End => self.0 = State::Over,
                    Polled::More => self.wait(),
                },
            }
        }
    }

    fn wait(&mut self) {
        if let State::Idle(mut source) = mem::replace(&mut self.0, State::Over) {
            self.0 = State::Waiting(Box::pin(async move {
                source.fill().await;
                source
            }));
        }
    }

    pub(crate) async fn next(&mut self) -> Option<S::Item> {
        poll_fn(|context| self.poll_next(context)).await
    }
}
