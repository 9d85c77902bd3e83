//! Calls in progress.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::runtime::client::call::{ResponseValue, Success, decode};
use crate::runtime::client::error::{Error, NoFailure, RawResponse};
use crate::runtime::client::failure::Failure;
use crate::runtime::client::transport::Pending;

/// A response that is being received, as a whole.
pub(crate) type PendingResponse<'client> = Pending<'client, Result<RawResponse, Error<NoFailure>>>;

/// A call in progress: the future of its response, with the decoded value.
///
/// Dropping it cancels the call.
#[must_use = "a request is sent when the future is polled"]
pub struct Sending<'client, T, E> {
    response: PendingResponse<'client>,
    success: Success<T>,
    failure: PhantomData<fn() -> E>,
}

impl<'client, T, E> Sending<'client, T, E> {
    pub(crate) fn new(response: PendingResponse<'client>, success: Success<T>) -> Self {
        Self {
            response,
            success,
            failure: PhantomData,
        }
    }
}

impl<T, E: Failure> Future for Sending<'_, T, E> {
    type Output = Result<ResponseValue<T>, Error<E>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.response.as_mut().poll(context).map(|response| match response {
            Ok(response) => decode(response, this.success),
            Err(error) => Err(error.map_failure(|none| match none {})),
        })
    }
}

impl<T, E> fmt::Debug for Sending<'_, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sending").finish_non_exhaustive()
    }
}
