//! Items that only emitted code calls. They change with the generator, and are not covered by semantic versioning.

pub use crate::runtime::auth::scheme::{Requirements, Scheme, SchemeKind};
pub use crate::runtime::client::failure::{Documented, Failure, FailureBody, read, write as write_failure};
pub use crate::runtime::client::header::{Header, headers};
pub use crate::runtime::client::webhook::{received, webhooks};
pub use crate::runtime::json::codec::from_str;
pub use crate::runtime::json::decode_error::Fault;
pub use crate::runtime::json::encoded::Encoded;
pub use crate::runtime::json::kind::{self, kinds};
pub use crate::runtime::json::reader::Reader;
#[cfg(feature = "serde")]
pub use crate::runtime::json::serde_bridge::{deserialize, serialize};
pub use crate::runtime::json::writer::Writer;
pub use crate::runtime::pages::declaration::pages;
pub use crate::runtime::pages::link::next_link;
pub use crate::runtime::pages::{PageTracker, Paged, Paging};
pub use crate::runtime::request::encoding::Encoding;
pub use crate::runtime::request::multipart::{Multipart, Parts};
pub use crate::runtime::request::operation::OperationMethod;
pub use crate::runtime::request::parameter::{Location, Parameter, argument, optional, required};
pub use crate::runtime::request::payload::Payload;
pub use crate::runtime::request::server::{Variable, server_url};
pub use crate::runtime::request::style::Style;
pub use crate::runtime::schema::keywords::{Format, Keyword, Matcher, Pattern, Run, Schema, Types};
pub use crate::runtime::schema::pattern::ecma_script::Regex;
pub use crate::runtime::schema::pattern::ecma_script::engine;
#[cfg(feature = "client")]
pub use crate::runtime::stream::events::{EventFormat, event_text};
pub use crate::runtime::types::presence;
pub use crate::runtime::types::presence::{Maybe, Option, Required};
pub use crate::runtime::types::properties::{self, Properties, property};
pub use crate::runtime::types::slots;
pub use crate::runtime::types::string_types::{
    any_listed, check, decode_listed, encode_listed, equal_listed, listed, unknown,
};
pub use crate::runtime::types::variants::Variant;
pub use crate::runtime::types::wrapper::Wrapper;
pub use crate::{
    __checked_string as checked_string, __choose_variant as choose_variant, __decode_object as decode_object,
    __defaults as defaults, __enum_schema as enum_schema, __failures as failures, __from_text as from_text,
    __given_type as given_type, __has_schema as has_schema, __http_body as http_body, __if_no_object as if_no_object,
    __initial as initial, __method as method, __non_object as non_object, __object as object,
    __object_initial as object_initial, __object_kinds as object_kinds, __object_schema as object_schema,
    __object_words as object_words, __payload as payload, __request as request, __request_as as request_as,
    __required as required_properties, __scalar_variant as scalar_variant, __send as send, __setter as setter,
    __string_enum as string_enum, __success as success, __successes as successes, __union as union,
    __union_from as union_from, __union_schema as union_schema, __variant_schemas as variant_schemas,
    __wrapper as wrapper,
};
