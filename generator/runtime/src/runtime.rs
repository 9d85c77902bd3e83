//! The path of the runtime in emitted crates: `crate::runtime`. Emitted crates do not contain this file.

pub(crate) use crate::*;
