//! Requests: operations, parameters and bodies as data, and how they are written.

pub(crate) mod arguments;
pub(crate) mod base;
pub(crate) mod body;
pub(crate) mod declaration;
pub(crate) mod encoding;
pub(crate) mod form;
pub(crate) mod multipart;
pub(crate) mod operation;
pub(crate) mod parameter;
pub(crate) mod payload;
pub(crate) mod percent;
pub(crate) mod server;
pub(crate) mod style;
pub(crate) mod upload;
