//! The runtime that all generated clients share.
//!
//! Types of a document are decoded and encoded by [`Decode`] and [`Encode`], validated by [`HasSchema`], and requests
//! are sent as [`Call`]s.

mod auth;
mod client;
#[doc(hidden)]
pub mod codegen;
mod json;
mod pages;
mod request;
mod runtime;
mod schema;
mod stream;
#[cfg(feature = "mock")]
mod testing;
mod types;

pub use {bytes, http};

#[cfg(feature = "client")]
pub use self::auth::oauth2::tokens::TokenError;
#[cfg(feature = "client")]
pub use self::auth::oauth2::{Flow, Flows, Grant};
pub use self::auth::scheme::Credentials;
pub use self::client::any_error::{AnyError, AnyFailure};
#[cfg(feature = "async")]
pub use self::client::asynchronous::AsyncClient;
#[cfg(feature = "blocking")]
pub use self::client::blocking::BlockingClient;
pub use self::client::call::{Call, ResponseValue};
#[cfg(feature = "client")]
pub use self::client::clock::{Clock, SystemClock};
#[cfg(feature = "client")]
pub use self::client::config::ClientConfig;
pub use self::client::error::{
    Error, InvalidRequest, NoFailure, RawResponse, RequestFault, StatusError, TransportError, TransportKind,
    UndecodableResponse,
};
pub use self::client::header::InvalidHeader;
#[cfg(feature = "client")]
pub use self::client::interceptor::{Interceptor, Sent};
#[cfg(feature = "client")]
pub use self::client::options::Options;
#[cfg(feature = "client")]
pub use self::client::redirect::Redirects;
#[cfg(feature = "client")]
pub use self::client::retry::{Attempt, Backoff, Outcome, Repeat, RetryPolicy};
#[cfg(feature = "async")]
pub use self::client::sending::Sending;
#[cfg(feature = "client")]
pub use self::client::transport::Limits;
#[cfg(feature = "blocking")]
pub use self::client::transport::{BlockingBody, BlockingTransport};
#[cfg(feature = "async")]
pub use self::client::transport::{Chunks, Incoming, Pending, Timer, Transport};
pub use self::json::codec::{Decode, Encode, from_slice, from_str, to_json, to_string};
pub use self::json::decode_error::DecodeError;
pub use self::json::kind;
pub use self::json::map::Map;
pub use self::json::number::{NotFinite, Number};
pub use self::json::value::Json;
pub use self::pages::PagingError;
#[cfg(feature = "blocking")]
pub use self::pages::blocking::{BlockingCaller, BlockingItems, BlockingPages};
#[cfg(feature = "async")]
pub use self::pages::stream::{Caller, Items, Pages, SentCall};
pub use self::request::arguments::Arguments;
pub use self::request::base::{ConfigError, RequestDefaults};
pub use self::request::body::{Body, Source};
pub use self::request::operation::{Operation, OperationMethod, Validation};
pub use self::request::upload::Upload;
pub use self::schema::has_schema::HasSchema;
pub use self::schema::keywords::{Format, Schema};
pub use self::schema::validate::Violation;
#[cfg(feature = "blocking")]
pub use self::stream::bytes::reader::ByteReader;
#[cfg(feature = "async")]
pub use self::stream::bytes::stream::ByteStream;
#[cfg(feature = "client")]
pub use self::stream::events::parser::{Event, EventParser};
#[cfg(feature = "blocking")]
pub use self::stream::events::reader::BlockingEvents;
#[cfg(feature = "async")]
pub use self::stream::events::stream::Events;
#[cfg(feature = "client")]
pub use self::stream::events::{EventError, Reconnect, UndecodableEvent};
#[cfg(feature = "blocking")]
pub use self::stream::json_lines::reader::BlockingJsonLines;
#[cfg(feature = "async")]
pub use self::stream::json_lines::stream::JsonLines;
#[cfg(feature = "client")]
pub use self::stream::json_lines::{JsonText, JsonTexts, LineError, UndecodableLine};
#[cfg(feature = "mock")]
pub use self::testing::forward_compatibility::{Variation, VariationKind, forward_compatible_variations};
#[cfg(feature = "mock")]
pub use self::testing::mock::{Mock, On, Recorded};
#[cfg(feature = "mock")]
pub use self::testing::mock_response::MockResponse;
pub use self::types::date_time::{Date, DateTime};
pub use self::types::maybe::Maybe;
pub use self::types::scalar::Scalar;
pub use self::types::string_types::{InvalidText, StringEnum, UnknownString};
pub use self::types::union::UnknownValue;
