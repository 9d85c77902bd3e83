//! Operations: parameters, bodies, responses, pagination and servers.

pub(in crate::lower) mod body;
pub(in crate::lower) mod checks;
pub(in crate::lower) mod encoding;
pub(in crate::lower) mod form;
pub(in crate::lower) mod media_type;
pub(in crate::lower) mod method;
pub(in crate::lower) mod object_form;
pub(in crate::lower) mod operation;
pub(in crate::lower) mod other_readings;
pub(in crate::lower) mod pagination;
pub(in crate::lower) mod parameter;
pub(in crate::lower) mod parse;
pub(in crate::lower) mod path;
pub(in crate::lower) mod path_template;
pub(in crate::lower) mod response_content;
pub(in crate::lower) mod responses;
pub(in crate::lower) mod server;
pub(in crate::lower) mod style;
