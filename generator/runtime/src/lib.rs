//! What all clients have in common, whatever document they were made from.
//!
//! The types of a document are read and written by [`Decode`] and [`Encode`],
//! held to the document by [`Described`], and sent as [`Call`]s.

pub mod base;
#[cfg(feature = "serde")]
pub mod bridge;
pub mod call;
#[cfg(feature = "reqwest")]
pub mod client;
pub mod codec;
mod decimal;
pub mod described;
pub mod ecma;
pub mod error;
pub mod fault;
mod format;
mod format_host;
mod format_uri;
pub mod json;
mod literal;
pub mod map;
pub mod maybe;
mod member;
pub mod moment;
pub mod number;
pub mod operation;
mod pattern;
pub mod reader;
pub mod scalar;
pub mod schema;
mod style;
pub mod text;
pub mod union;
pub mod validate;
mod validate_array;
mod validate_branch;
mod validate_marks;
mod validate_object;
mod validate_plain;
mod validate_report;
pub mod wrapper;
pub mod writer;

pub use {bytes, http};

pub use self::base::{Base, SetupError};
pub use self::call::{Call, Failure, Reply, decode, into_http};
#[cfg(feature = "reqwest")]
pub use self::client::HttpClient;
pub use self::codec::{Decode, Encode, from_slice, from_str, to_json, to_string};
pub use self::described::Described;
pub use self::error::{
    Error, InvalidRequest, NoFailure, RawReply, RequestFault, StatusError, TransportError, UndecodableReply,
};
pub use self::fault::{DecodeError, Fault};
pub use self::json::Json;
pub use self::map::Map;
pub use self::maybe::Maybe;
pub use self::moment::{Date, DateTime};
pub use self::number::Number;
pub use self::operation::{Operation, Parameter, Payload, Validation, optional, required};
pub use self::reader::{Kind, Reader};
pub use self::scalar::Scalar;
pub use self::schema::{Format, Keyword, Matcher, Pattern, Run, Schema, Types};
pub use self::style::Style;
pub use self::text::{InvalidText, StringEnum, Unlisted};
pub use self::union::UnknownBranch;
pub use self::validate::Violation;
pub use self::wrapper::Wrapper;
pub use self::writer::Writer;
pub use crate::{
    __checked_string as checked_string, __described as described, __engine as engine, __scalar_branch as scalar_branch,
    __string_enum as string_enum, __wrapper as wrapper,
};
