//! The clients and their builders, with credentials and servers.

pub(in crate::emit) mod builder;
pub(in crate::emit) mod clients;
pub(in crate::emit) mod security;
pub(in crate::emit) mod servers;
