//! What all clients have in common, whatever document they were made from.
//!
//! The types of a document are read and written by [`Decode`] and [`Encode`],
//! held to the document by [`Described`], and sent as [`Call`]s.

pub mod any_error;
#[cfg(feature = "client")]
mod authorizer;
pub mod base;
mod basic;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod body;
#[cfg(feature = "serde")]
pub mod bridge;
#[cfg(feature = "blocking")]
pub mod byte_reader;
#[cfg(feature = "async")]
pub mod byte_stream;
pub mod call;
#[cfg(feature = "async")]
pub mod client;
#[cfg(feature = "client")]
pub mod clock;
pub mod codec;
mod decimal;
pub mod described;
pub mod ecma;
pub mod encoded;
pub mod encoding;
pub mod error;
#[cfg(feature = "client")]
pub mod event_parser;
#[cfg(feature = "blocking")]
pub mod event_reader;
#[cfg(feature = "async")]
pub mod event_stream;
#[cfg(feature = "client")]
pub mod events;
#[cfg(feature = "client")]
mod exchange;
pub mod failure;
pub mod fault;
#[cfg(feature = "async")]
mod flow;
mod form;
mod format;
mod format_host;
mod format_uri;
mod instant;
#[cfg(feature = "client")]
pub mod interceptor;
pub mod json;
#[cfg(feature = "client")]
pub mod json_lines;
pub mod kind;
#[cfg(feature = "blocking")]
pub mod line_reader;
#[cfg(feature = "async")]
pub mod line_stream;
mod literal;
pub mod map;
mod map_index;
pub mod maybe;
pub mod media_type;
mod member;
#[cfg(feature = "mock")]
pub mod mock;
#[cfg(feature = "mock")]
pub mod mock_reply;
pub mod moment;
#[cfg(feature = "chrono")]
mod moment_chrono;
#[cfg(feature = "jiff")]
mod moment_jiff;
#[cfg(feature = "time")]
mod moment_time;
pub mod multipart;
pub mod number;
#[cfg(feature = "client")]
pub mod oauth2;
#[cfg(feature = "client")]
mod oauth2_tokens;
pub mod operation;
#[cfg(feature = "client")]
pub mod options;
#[cfg(feature = "reqwest")]
mod over_reqwest;
#[cfg(feature = "blocking")]
mod over_ureq;
pub mod pages;
#[cfg(feature = "blocking")]
pub mod pages_blocking;
pub mod pages_link;
#[cfg(feature = "async")]
pub mod pages_stream;
pub mod parameter;
mod pattern;
pub mod payload;
mod percent;
pub mod reader;
#[cfg(feature = "client")]
pub mod redirect;
#[cfg(feature = "client")]
pub mod retry;
pub mod scalar;
pub mod schema;
pub mod security;
pub mod server;
#[cfg(feature = "client")]
pub mod setup;
mod style;
pub mod text;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
mod tls;
#[cfg(feature = "mock")]
pub mod tomorrow;
#[cfg(feature = "client")]
mod trace;
#[cfg(feature = "client")]
pub mod transport;
pub mod union;
pub mod upload;
pub mod validate;
mod validate_array;
mod validate_branch;
mod validate_marks;
mod validate_object;
mod validate_plain;
mod validate_report;
mod view;
pub mod wrapper;
pub mod writer;

pub use {bytes, http};

pub use self::any_error::{AnyError, AnyFailure};
pub use self::base::{Base, SetupError};
#[cfg(feature = "blocking")]
pub use self::blocking::BlockingClient;
pub use self::body::{Body, Source};
#[cfg(feature = "blocking")]
pub use self::byte_reader::ByteReader;
#[cfg(feature = "async")]
pub use self::byte_stream::ByteStream;
pub use self::call::{Call, Failure, Reply, decode, into_http, into_request};
#[cfg(feature = "async")]
pub use self::client::AsyncClient;
#[cfg(feature = "client")]
pub use self::clock::{Clock, SystemClock};
pub use self::codec::{Decode, Encode, from_slice, from_str, to_json, to_string};
pub use self::described::Described;
pub use self::encoded::Encoded;
pub use self::encoding::Encoding;
pub use self::error::{
    Error, InvalidRequest, NoFailure, RawReply, RequestFault, StatusError, TransportError, TransportKind,
    UndecodableReply,
};
#[cfg(feature = "client")]
pub use self::event_parser::{Event, EventParser};
#[cfg(feature = "blocking")]
pub use self::event_reader::BlockingEvents;
#[cfg(feature = "async")]
pub use self::event_stream::Events;
#[cfg(feature = "client")]
pub use self::events::{EventError, EventFormat, Reconnect, UndecodableEvent, event_text};
pub use self::fault::{DecodeError, Fault};
#[cfg(feature = "client")]
pub use self::interceptor::{Interceptor, Sent};
pub use self::json::Json;
#[cfg(feature = "client")]
pub use self::json_lines::{JsonText, JsonTexts, LineError, UndecodableLine};
pub use self::kind::Kind;
#[cfg(feature = "blocking")]
pub use self::line_reader::BlockingJsonLines;
#[cfg(feature = "async")]
pub use self::line_stream::JsonLines;
pub use self::map::Map;
pub use self::maybe::Maybe;
#[cfg(feature = "mock")]
pub use self::mock::{Mock, On, Recorded};
#[cfg(feature = "mock")]
pub use self::mock_reply::MockReply;
pub use self::moment::{Date, DateTime};
pub use self::multipart::Multipart;
pub use self::number::Number;
#[cfg(feature = "client")]
pub use self::oauth2::{Flow, Flows, Grant};
#[cfg(feature = "client")]
pub use self::oauth2_tokens::TokenError;
pub use self::operation::{Operation, Validation};
#[cfg(feature = "client")]
pub use self::options::Options;
pub use self::pages::{Paged, Paging, PagingFault, Trail};
#[cfg(feature = "blocking")]
pub use self::pages_blocking::{BlockingCaller, BlockingItems, BlockingPages};
#[cfg(feature = "async")]
pub use self::pages_stream::{Caller, Items, Pages, SentCall};
pub use self::parameter::{Location, Parameter, maybe, optional, required};
pub use self::payload::Payload;
pub use self::reader::Reader;
#[cfg(feature = "client")]
pub use self::redirect::Redirects;
#[cfg(feature = "client")]
pub use self::retry::{Attempt, Backoff, Outcome, Repeat, RetryPolicy};
pub use self::scalar::Scalar;
pub use self::schema::{Format, Keyword, Matcher, Pattern, Run, Schema, Types};
pub use self::security::{Credentials, Requirements, Scheme, SchemeKind};
pub use self::server::server_url;
#[cfg(feature = "client")]
pub use self::setup::Setup;
pub use self::style::Style;
pub use self::text::{InvalidText, StringEnum, Unlisted};
#[cfg(feature = "mock")]
pub use self::tomorrow::{Change, Tomorrow, tomorrow};
#[cfg(feature = "client")]
pub use self::transport::Limits;
#[cfg(feature = "blocking")]
pub use self::transport::{BlockingBody, BlockingTransport};
#[cfg(feature = "async")]
pub use self::transport::{Chunks, Incoming, Pending, Timer, Transport};
pub use self::union::UnknownBranch;
pub use self::upload::Upload;
pub use self::validate::Violation;
pub use self::wrapper::Wrapper;
pub use self::writer::Writer;
pub use crate::{
    __checked_string as checked_string, __described as described, __engine as engine, __failure as failure,
    __scalar_branch as scalar_branch, __string_enum as string_enum, __wrapper as wrapper,
};
