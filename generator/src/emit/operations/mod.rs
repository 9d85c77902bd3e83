//! Operations: request functions, requests, responses and pages.

pub(in crate::emit) mod aliases;
pub(in crate::emit) mod body;
pub(in crate::emit) mod declaration;
pub(in crate::emit) mod form_parts;
pub(in crate::emit) mod headers;
pub(in crate::emit) mod operation;
pub(in crate::emit) mod other_readings;
pub(in crate::emit) mod pages;
pub(in crate::emit) mod parameter;
pub(in crate::emit) mod request_field;
pub(in crate::emit) mod request_function;
pub(in crate::emit) mod responses;
pub(in crate::emit) mod webhooks;
