//! Support for the tests of a caller.

pub(crate) mod forward_compatibility;
pub(crate) mod mock;
pub(crate) mod mock_response;
