//! Credentials: security schemes, and authorizers that obtain credentials.

#[cfg(feature = "client")]
pub(crate) mod authorizer;
pub(crate) mod basic;
#[cfg(feature = "client")]
pub(crate) mod oauth2;
pub(crate) mod scheme;
