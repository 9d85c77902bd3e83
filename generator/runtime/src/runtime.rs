//! The runtime by the path that emitted crates have it at: `crate::runtime`. Emitted crates go without this file.

pub(crate) use crate::*;
