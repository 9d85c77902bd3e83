//! Streams of what comes in piece by piece.

use std::future::{Future, poll_fn};
use std::mem;
use std::task::{Context, Poll, ready};

use super::transport::Pending;

/// What gives items one after the other, and now and then has to wait for what they are made of.
pub(super) trait Source: Send + 'static {
    /// The items.
    type Item;

    /// Returns what there is without waiting.
    fn take(&mut self) -> Taken<Self::Item>;

    /// Waits for more.
    fn fill(&mut self) -> impl Future<Output = ()> + Send;
}

/// What a source has without waiting.
#[derive(Debug)]
pub(super) enum Taken<T> {
    /// The next item.
    Item(T),
    /// Nothing until more comes in.
    More,
    /// Nothing any more.
    End,
}

/// The items of a source as a stream.
///
/// What waits is kept here, so that a caller who gives up waiting loses nothing.
pub(super) struct Flow<S>(pub(super) State<S>);

/// What a stream is about.
pub(super) enum State<S> {
    /// Nothing is waited for.
    Idle(Box<S>),
    /// What is waited for gives the source back.
    Waiting(Pending<'static, Box<S>>),
    /// The end.
    Over,
}

impl<S: Source> Flow<S> {
    pub(super) fn new(source: S) -> Self {
        Self(State::Idle(Box::new(source)))
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        loop {
            match &mut self.0 {
                State::Over => return Poll::Ready(None),
                State::Waiting(waiting) => {
                    let source = ready!(waiting.as_mut().poll(context));
                    self.0 = State::Idle(source);
                }
                State::Idle(source) => match source.take() {
                    Taken::Item(item) => return Poll::Ready(Some(item)),
                    Taken::End => self.0 = State::Over,
                    Taken::More => self.wait(),
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

    pub(super) async fn next(&mut self) -> Option<S::Item> {
        poll_fn(|context| self.poll_next(context)).await
    }
}
